using Portal.Domain.Credentials;
using Portal.Domain.Runs;

namespace Portal.Jobs.Pipeline;

/// <summary>Does what is to be done next for a run, and writes what came of it.</summary>
internal sealed class RunActs(MachineLines lines, FileActs files, CodeActs code, StepActs steps, CollectActs collect, ILeaseKeys leases)
{
    /// <summary>Does one act. <paramref name="interrupt"/> breaks off what may be broken off; <paramref name="stop"/> is the
    /// process's own end.</summary>
    public async Task DoAsync(RunLog log, Act act, CancellationToken interrupt, CancellationToken stop)
    {
        if (act is Act.Finish finish)
        {
            var lease = log.State.Lease;
            await log.WriteAsync(state => state.Phase.IsFinal() ? [] : Ending.Of(state, finish.Event), stop);
            if (lease is not null) await leases.ForgetAsync(lease.Id, stop);
            return;
        }
        var line = await lines.OfAsync(log, interrupt);
        switch (act)
        {
            case Act.FetchInputs inputs:
                await files.FetchAsync(log, line, inputs.Inputs, interrupt, stop);
                break;
            case Act.FetchCode:
                await code.FetchAsync(log, interrupt, stop);
                break;
            case Act.StageCode:
                await code.StageAsync(log, line, interrupt, stop);
                break;
            case Act.SubmitStep submit:
                await steps.SubmitAsync(log, line, submit.Step, stop);
                break;
            case Act.LookUp lookUp:
                await steps.LookUpAsync(log, line, lookUp.Step, interrupt, stop);
                break;
            case Act.Watch watch:
                await steps.WatchAsync(log, line, watch.Step, interrupt, stop);
                break;
            case Act.CancelStep cancel:
                await steps.CancelAsync(log, line, cancel.Step, interrupt, stop);
                break;
            case Act.Collect:
                await collect.FindOutputsAsync(log, line, interrupt, stop);
                break;
            case Act.Upload upload:
                await files.UploadAsync(log, line, upload.Outputs, interrupt, stop);
                break;
            default:
                throw new InvalidOperationException($"Nobody knows how to do {act.GetType().Name}.");
        }
    }
}

/// <summary>Facts that several acts write.</summary>
internal static class Facts
{
    /// <summary>The facts of an act that went on, preceded by the phase where it is another one, and by the release of a held run.</summary>
    public static IReadOnlyList<object> With(Run state, Phase phase, params IEnumerable<object> facts)
    {
        var all = new List<object>();
        if (state.Hold != Hold.None) all.Add(new RunReleased(state.Request.RunId));
        if (state.Phase != phase) all.Add(new PhaseEntered(state.Request.RunId, phase));
        all.AddRange(facts);
        return all;
    }
}
