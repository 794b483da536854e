using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;

namespace Portal.Domain.Runs.Crates;

/// <summary>Which portal makes crates.</summary>
/// <param name="Address">Under which people reach it; empty where that is not configured.</param>
/// <param name="Version">The version of its software.</param>
public sealed record CrateMaker(string Address, string Version);

/// <summary>A file of a crate.</summary>
/// <param name="Path">Where it stands in it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record CrateFile(string Path, long Size, string Sha256);

/// <summary>A run as it is described to others: all that is told of it comes from here.</summary>
/// <param name="Events">Its events, all of them in order.</param>
/// <param name="Names">Names of people as far as they are known; who was erased has none.</param>
/// <param name="Maker">The portal.</param>
/// <param name="At">When the description is made.</param>
/// <param name="Software">What was known of the machine's software when the last step went there; null where nothing was.</param>
public sealed record CrateSource(IReadOnlyList<Recorded> Events, IReadOnlyDictionary<Id<User>, string> Names, CrateMaker Maker,
    DateTimeOffset At, KnownSoftware? Software)
{
    /// <summary>The run, and how each attempt of its steps stood last.</summary>
    public RunHistory History { get; } = RunHistory.Of(Events);

    /// <summary>The run.</summary>
    public Run Run => History.Run.State;

    /// <summary>What was asked for.</summary>
    public RunSubmitted Request => Run.Request;

    /// <summary>Its description, read; null where this build does not take it any more.</summary>
    public WorkflowDescription? Description { get; } =
        Events is [{ Body: RunSubmitted first }, ..] ? WorkflowParser.Parse(first.Description).Value : null;

    /// <summary>What the ends of steps say beyond that, by step and attempt.</summary>
    public ILookup<(string Step, int Attempt), StepEnded> Ends { get; } =
        Events.Select(recorded => recorded.Body).OfType<StepEnded>().ToLookup(ended => (ended.Step, ended.Attempt));

    /// <summary>Where the code came from; null where the run brings none.</summary>
    public CodeResolved? Code { get; } = Events.Select(recorded => recorded.Body).OfType<CodeResolved>().LastOrDefault();

    /// <summary>Everybody whom its events name.</summary>
    public IReadOnlyList<Id<User>> People { get; } = PeopleOf(Events);

    /// <summary>Everybody whom events of a run name.</summary>
    public static IReadOnlyList<Id<User>> PeopleOf(IReadOnlyList<Recorded> events) =>
        [.. events.Select(recorded => PersonOf(recorded.Body)).OfType<Id<User>>().Distinct()];

    /// <summary>How a file of it travelled; null where it never did.</summary>
    public TransferState? Transfer(string kind, int index) => Run.Transfers.GetValueOrDefault(NextAct.TransferKey(kind, index));

    /// <summary>A moment as ISO 8601 has it.</summary>
    public static string? Moment(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static Id<User>? PersonOf(object body) => body switch
    {
        RunSubmitted submitted => submitted.SubmittedBy,
        LeaseGranted lease => lease.GrantedBy,
        RunApproved approved => approved.By,
        ApprovalRefused refused => refused.By,
        RunRetried retried => retried.RetriedBy,
        CancelRequested cancel => cancel.RequestedBy,
        _ => null,
    };
}
