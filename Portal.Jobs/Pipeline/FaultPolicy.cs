using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>What a fault does to a run: tried again with growing pauses, held until it heals, or the end.</summary>
internal sealed class FaultPolicy(ReportHostKeyChangedHandler hostKeys, IChance chance, PipelineOptions options)
{
    private int _attempts;

    /// <summary>An act went well.</summary>
    public void Clear() => _attempts = 0;

    /// <summary>Writes what the fault means.</summary>
    /// <returns>How long to wait before the run is looked at again.</returns>
    public async Task<TimeSpan> RecordAsync(RunLog log, Act act, PlaceException fault, CancellationToken stop)
    {
        _attempts++;
        var failure = fault.Failure;
        if (failure.Name == FailureName.HostKeyChanged)
            await hostKeys.HandleAsync(Caller.Worker(Guid.NewGuid()), log.State.Request.MachineId, failure.Evidence ?? failure.Message, stop);
        // What is wanted to end cannot fail any more: whatever stands in the way is waited for.
        if (fault.Kind == FaultKind.Final && !log.State.Cancelling)
        {
            await log.WriteAsync(state => state.Phase.IsFinal() ? [] : Ending.Of(state, new RunFailed(log.Id, failure)), stop);
            return TimeSpan.Zero;
        }
        var pause = options.PauseAfter(_attempts);
        if (fault.Kind is FaultKind.Transient or FaultKind.Unknown && _attempts < options.AttemptsBeforeHold)
        {
            await log.WriteAsync(state => state.Phase.IsFinal()
                ? []
                : [new AttemptPostponed(log.Id, NameOf(act), _attempts, failure, chance.Now + pause)], stop);
            return pause;
        }
        var hold = failure.Name == FailureName.CredentialUnavailable ? Hold.AwaitingToken : Hold.Blocked;
        await log.WriteAsync(state => state.Phase.IsFinal() || (state.Hold == hold && state.HeldBy?.Name == failure.Name)
            ? []
            : [new RunHeld(log.Id, hold, failure)], stop);
        return options.LongestPause;
    }

    private static string NameOf(Act act) => act switch
    {
        Act.FetchInputs => "inputs",
        Act.FetchCode => "code",
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
