using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>One execution of a workflow, folded from its events.</summary>
/// <param name="Submitted">What was asked for; null before the first event.</param>
/// <param name="SubmittedAt">When.</param>
/// <param name="Phase">What it is doing.</param>
/// <param name="Phases">Every phase entered, in order.</param>
/// <param name="Hold">Why it stands still beside that.</param>
/// <param name="HeldBy">What holds it.</param>
/// <param name="Lease">Under what right it uses its credential.</param>
/// <param name="Transfers">Its files, by key.</param>
/// <param name="Code">Its code.</param>
/// <param name="Steps">Its steps, in order.</param>
/// <param name="Outputs">Outputs as found on the machine; null before they were looked for.</param>
/// <param name="Postponed">What is tried again, and when.</param>
/// <param name="CancelRequestedBy">Who wants it to end.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record Run(
    RunSubmitted? Submitted, DateTimeOffset SubmittedAt, Phase Phase, IReadOnlyList<PhaseMark> Phases, Hold Hold, Failure? HeldBy,
    LeaseState? Lease, IReadOnlyDictionary<string, TransferState> Transfers, CodeState? Code, IReadOnlyList<StepState> Steps,
    IReadOnlyList<FoundOutput>? Outputs, Postponed? Postponed, Id<User>? CancelRequestedBy, Failure? Failure, DateTimeOffset? EndedAt)
    : IAggregate<Run>
{
    /// <inheritdoc/>
    public static string Prefix => "run";

    /// <inheritdoc/>
    public static Run Empty { get; } = new(null, default, Phase.Submitted, [], Hold.None, null, null,
        new Dictionary<string, TransferState>(), null, [], null, null, null, null, null);

    /// <summary>What is told already of the keys that it used.</summary>
    public IReadOnlyList<CredentialUsed> Uses { get; init; } = [];

    /// <summary>Whether what a retry keeps has still to be looked for on the machine.</summary>
    public bool Unchecked { get; init; }

    /// <summary>The second look that its project wants; null where it wants none.</summary>
    public ApprovalState? Approval { get; init; }

    /// <summary>Who sent it; null where it is folded from facts alone.</summary>
    public Sender? Sender { get; init; }

    /// <summary>What was asked for, of a run that exists.</summary>
    public RunSubmitted Request => Submitted ?? throw new InvalidOperationException("The run has no first event.");

    /// <summary>Whether a person wants it to end.</summary>
    public bool Cancelling => CancelRequestedBy is not null && !Phase.IsFinal();

    /// <summary>The step whose turn it is; null when all are over.</summary>
    public StepState? PresentStep => Steps.FirstOrDefault(step => step.Status is not StepStatus.Succeeded);

    /// <inheritdoc/>
    public Run Apply(Recorded recorded)
    {
        var after = After(recorded.Body, recorded.Time);
        return recorded.Body is RunSubmitted ? after with { Sender = SenderOf(recorded.Metadata) } : after;
    }

    /// <summary>The run after one more fact.</summary>
    public Run After(object fact, DateTimeOffset at) => RunFolding.Apply(this, fact, at);

    private static Sender SenderOf(EventMetadata metadata) => new(metadata.Door,
        metadata.ActorKind == "token" && Guid.TryParse(metadata.Actor, out var token) ? new(token) : null);
}
