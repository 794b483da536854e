using Portal.Domain.Audit;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Audit;
using Portal.Web.GraphQL.Projects;
using Portal.Web.Rest.Runs;

namespace Portal.Web.GraphQL.Runs;

/// <summary>A run as it was: folded from its events up to one of them, and from nothing else.</summary>
/// <param name="past">What is known of it.</param>
[ObjectType("RunAt")]
public sealed class RunAtNode(AsItWas<Run> past) : PastNode<Run>(past)
{
    /// <summary>Its name.</summary>
    public string Name => State.Request.Name;

    /// <summary>The workflow's name.</summary>
    public string WorkflowName => State.Request.WorkflowName;

    /// <summary>The workflow's version; null if a description was sent along.</summary>
    public int? WorkflowVersion => State.Request.WorkflowVersion;

    /// <summary>What the machine was called.</summary>
    public string MachineName => State.Request.MachineName;

    /// <summary>Its folder on the machine.</summary>
    public string Folder => State.Request.Folder;

    /// <summary>The values that it was given, defaults included.</summary>
    public IEnumerable<RunParameter> Parameters => State.Request.Parameters.Select(pair => new RunParameter(pair.Key,
        pair.Value));

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset SubmittedAt => State.SubmittedAt;

    /// <summary>What it was doing.</summary>
    public Phase Phase => State.Phase;

    /// <summary>Every phase that it had entered, in order.</summary>
    public IReadOnlyList<PhaseMark> Phases => State.Phases;

    /// <summary>Why it stood still.</summary>
    public Hold Hold => State.Hold;

    /// <summary>What held it.</summary>
    public Failure? HeldBy => State.HeldBy;

    /// <summary>Why it had failed.</summary>
    public Failure? Failure => State.Failure;

    /// <summary>When it had ended.</summary>
    public DateTimeOffset? EndedAt => State.EndedAt;

    /// <summary>Whether a person wanted it to end.</summary>
    public bool Cancelling => State.Cancelling;

    /// <summary>What was to be tried again, and when.</summary>
    public Postponed? Postponed => State.Postponed;

    /// <summary>How far it was with the second look that its project wants; null where it wanted none.</summary>
    public ApprovalStage? Approval => State.Approval?.Stage;

    /// <summary>Under what right it used its key.</summary>
    public LeaseAt? Lease => State.Lease is { } lease ? new(lease.Since, lease.Until, lease.Ended, lease.EndedAt,
        lease.Attended) : null;

    /// <summary>Its code, as far as it was known.</summary>
    public CodeState? Code => State.Code;

    /// <summary>Its steps, in order, each as its attempt of that moment stood.</summary>
    public IReadOnlyList<StepState> Steps => State.Steps;

    /// <summary>Its files on their way, in the order in which they were begun.</summary>
    public IEnumerable<TransferState> Transfers => State.Transfers.Values.OrderBy(transfer => transfer.StartedAt);

    /// <summary>Its results, as far as they were known.</summary>
    public IEnumerable<OutputAt> Outputs => RunBody.Of(State, Version).Outputs.Select(output => new OutputAt(output));
}

/// <summary>The right under which a run used its key, as it was.</summary>
/// <param name="Since">When it was granted.</param>
/// <param name="Until">When it was to end.</param>
/// <param name="Ended">Why it was over: <c>done</c>, <c>expired</c>, <c>revoked</c> or <c>replaced</c>.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Attended">Whether the key was in memory alone.</param>
[ObjectType]
public sealed record LeaseAt(DateTimeOffset Since, DateTimeOffset Until, string? Ended, DateTimeOffset? EndedAt, bool Attended);

/// <summary>What a step is called, as it was.</summary>
[ObjectType<StepState>("StepAt")]
public static class StepAtFields;

/// <summary>A result of a run, as it was.</summary>
/// <param name="output">What was known of it.</param>
[ObjectType]
public sealed class OutputAt(OutputBody output)
{
    /// <summary>Path in the run's folder on the machine.</summary>
    public string From => output.From;

    /// <summary>Where it went.</summary>
    public string To => output.To;

    /// <summary>Whether it had been made; null before it was looked for.</summary>
    public bool? Found => output.Found;

    /// <summary>Bytes, once it was found.</summary>
    public long? Size => output.Size;

    /// <summary>Lower-case hex, once it had arrived whole.</summary>
    public string? Sha256 => output.Sha256;
}

/// <summary>What leads from a run as it was to something else.</summary>
[ObjectType<RunAtNode>]
public static class RunAtFields
{
    /// <summary>The run as it is now.</summary>
    public static RunNode GetRun([Parent] RunAtNode run) => RunNode.Of(new(run.Past.At(run.Latest).State, run.Latest));

    /// <summary>Who asked for it.</summary>
    public static Task<Person?> GetSubmittedByAsync([Parent] RunAtNode run, PersonLoader people) =>
        people.LoadAsync(run.State.Request.SubmittedBy);

    /// <summary>Everything that happened to it, oldest first, up to now: the marks between which one moves. Cursors are
    /// versions.</summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static EventPage GetEvents([Parent] RunAtNode run, int first = EventPages.Usual, string? after = null) =>
        run.Page(first, after);

    /// <summary>What differs from how it was at another moment; without one, what its last event changed.</summary>
    public static Task<IReadOnlyList<DifferenceNode>> GetDifferencesAsync([Parent] RunAtNode run, [Service] Past past,
        MomentInput? since = null, bool all = false, CancellationToken cancel = default) =>
        run.DifferencesAsync(past, since, all, "run", RunTraits.Of, cancel);
}
