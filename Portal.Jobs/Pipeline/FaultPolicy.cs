using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>What a fault does to a run: tried again with growing pauses, held until it heals, or the end. How often something was
/// tried stands in the run's events, so that a restart does not begin to count anew.</summary>
internal sealed class FaultPolicy(ReportHostKeyChangedHandler hostKeys, ILeaseKeys leases, IChance chance, PipelineOptions options)
{
    /// <summary>Writes what the fault means.</summary>
    /// <returns>How long to wait before the run is looked at again.</returns>
    public async Task<TimeSpan> RecordAsync(RunLog log, Act act, PlaceException fault, CancellationToken stop)
    {
        var failure = fault.Failure;
        var lease = log.State.Lease;
        var attempt = (log.State.Postponed?.Attempt ?? 0) + 1;
        if (failure.Name == FailureName.HostKeyChanged)
            await hostKeys.HandleAsync(log.Worker, log.State.Request.MachineId,
                failure.Evidence ?? failure.Message, fault.JumpHost, stop);
        if (fault.Kind == FaultKind.Final && MayFail(log.State))
        {
            if (lease is not null) await leases.ForgetAsync(lease.Id, stop);
            await log.WriteAsync(state => MayFail(state) ? Ending.Of(state, new RunFailed(log.Id, failure)) : [], stop);
            return TimeSpan.Zero;
        }
        var pause = options.PauseAfter(attempt);
        // What is held stays so until something succeeds: it is tried again in silence.
        if (fault.Kind is FaultKind.Transient or FaultKind.Unknown && log.State.Hold == Hold.None && attempt < options.AttemptsBeforeHold)
        {
            await log.WriteAsync(_ => [new AttemptPostponed(log.Id, NameOf(act), attempt, failure, chance.Now + pause)], stop);
            return pause;
        }
        var hold = failure.Name == FailureName.CredentialUnavailable ? Hold.AwaitingToken : Hold.Blocked;
        await log.WriteAsync(state => (state.Hold == hold && state.HeldBy?.Name == failure.Name)
            // Somebody gave the token while this was on its way.
            || (hold == Hold.AwaitingToken && state.Lease is { Ended: null } now && now.Id != lease?.Id)
            ? []
            : [new RunHeld(log.Id, hold, failure)], stop);
        return options.LongestPause;
    }

    // What is wanted to end cannot fail any more, and a run whose job may still be there must not end before it:
    // whatever stands in the way is waited for.
    private static bool MayFail(Run run) => !run.Cancelling && run.PresentStep is not { InHand: true };

    private static string NameOf(Act act) => act switch
    {
        Act.CheckKept => "look for what is kept",
        Act.FetchInputs => "inputs",
        Act.FetchCode => "code",
        Act.AskApproval => "approval",
        Act.StageCode => "staging",
        Act.SubmitStep submit => $"submit {submit.Step.Id}",
        Act.LookUp look => $"look up {look.Step.Id}",
        Act.Watch watch => $"watch {watch.Step.Id}",
        Act.CancelStep step => $"cancel {step.Step.Id}",
        Act.Collect => "collect",
        Act.Upload => "outputs",
        _ => "finish",
    };
}

/// <summary>How a run ends: with its terminal fact, and the end of its lease in the same breath.</summary>
internal static class Ending
{
    public static IReadOnlyList<object> Of(Run state, object terminal) => state.Lease is { Ended: null } lease
        ? [terminal, new LeaseEnded(state.Request.RunId, lease.Id, "done")]
        : [terminal];
}
