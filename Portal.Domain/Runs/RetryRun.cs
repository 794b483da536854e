using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Takes a run that failed or was cancelled up again, where it broke off. What is there and went well is kept.</summary>
/// <param name="Id">The run.</param>
/// <param name="SecurityToken">Unseals the private key: the lease ended with the run. Used at once and kept nowhere.</param>
/// <param name="LeaseFor">How long it may use the credential; null takes the steps' times and a margin.</param>
/// <param name="Attended">Whether the key shall be in memory alone; null leaves it as it was, unless the machine wants it
/// so.</param>
public sealed record RetryRun(Id<Run> Id, string SecurityToken, TimeSpan? LeaseFor = null, bool? Attended = null)
{
    /// <summary>Decides on the events: the retry, and the lease that was granted for it; the second look too, where the project
    /// wants one by now and the run was never to have any.</summary>
    public static Result<IReadOnlyList<object>> Decide(
        Run state, Id<User> by, LeaseGranted lease, ApprovalDemanded? approval = null) =>
        RetryPlan.Of(state).Then(plan => Result.Of<IReadOnlyList<object>>(
        [
            new RunRetried(lease.RunId, state.Request.MachineId, by, plan.From, plan.Steps), lease,
            .. approval is not null && state.Approval is null ? [approval] : Array.Empty<object>(),
        ]));

    /// <summary>Why a run cannot be retried as it stands; null when it can.</summary>
    public static Problem? Refusal(Run run) => run switch
    {
        { Phase: Phase.Failed or Phase.Cancelled } => null,
        { Phase: Phase.Succeeded } => new("RUN_SUCCEEDED", "The run succeeded; there is nothing to retry.",
            Advice: "To do the same once more, submit a new run."),
        { Cancelling: true } => new("RUN_GOES_ON", "The run is being cancelled.", Advice: "Retry it when it is cancelled."),
        { Hold: Hold.AwaitingToken } => new("RUN_GOES_ON", "The run is not over: it waits for your token.",
            Advice: "Give the token; it goes on from where it stands."),
        { Hold: Hold.Blocked } => new("RUN_GOES_ON", "The run is not over: it goes on by itself when what holds it has gone.",
            Advice: "See to what holds it, or cancel the run and retry it then."),
        _ => new("RUN_GOES_ON", "The run is not over: a run is retried when it has failed or was cancelled.",
            Advice: "Wait for its end, or cancel it first."),
    };
}

/// <summary>Handles <see cref="RetryRun"/>: only who submitted the run holds the key.</summary>
public sealed class RetryRunHandler(
    RunAccess runs, Access access, IDocuments documents, KeyLending lending, ApprovalDemand approvals)
{
    /// <summary>Checks everything before anything is kept; then the lease's key is kept, then the facts. Of two at once, one is
    /// done and the other finds a run that goes on.</summary>
    public async Task<Result<Run>> HandleAsync(Caller caller, RetryRun command, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, command.Id, Operation.RetryRun, cancel);
        if (!found.Ok) return Result.Refused<Run>(found.Problems);
        var run = found.Value.State;
        if (await runs.OthersRefusalAsync(caller, run.Request, Operation.RetryRun, NotTheirs, cancel) is { } forbidden)
            return forbidden;
        if (RetryRun.Refusal(run) is { } refusal) return refusal;
        var reached = await MachineAccess.ReachAsync(
            documents, access, caller, run.Request.MachineId, Operation.RetryRun, run.Request.ProjectId, cancel);
        if (!reached.Ok) return Result.Refused<Run>(reached.Problems);
        if (SubmitRun.NotReady(reached.Value.Machine) is { } notReady) return notReady;
        var approval = await approvals.OfAsync(run.Request.ProjectId, command.Id, cancel);
        return await lending.LendAsync(caller, run, command.SecurityToken, command.LeaseFor,
            command.Attended ?? (run.Lease is { Attended: true } ? true : null), anew: true,
            (state, lease) => RetryRun.Decide(state, caller.User!.Value, lease, approval), cancel);
    }

    private static Problem NotTheirs { get; } =
        new("FORBIDDEN", "Only who submitted the run can retry it: it runs with their key.",
            Advice: "Ask them to retry it, or submit a run of your own from it.");
}
