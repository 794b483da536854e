using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Does what is to be done next for a run, and writes what came of it.</summary>
internal sealed class RunActs(
    MachineLines lines, ApprovalActs approval, KeptActs kept, FileActs files, CodeActs code, StepActs steps, CollectActs collect,
    ILeaseKeys leases)
{
    /// <summary>Does one act. <paramref name="interrupt"/> breaks off what may be broken off; <paramref name="stop"/> is the
    /// process's own end.</summary>
    public async Task DoAsync(RunLog log, Act act, CancellationToken interrupt, CancellationToken stop)
    {
        if (act is Act.Finish)
        {
            // The key goes first: nobody looks after a run that has ended, and this act needs no key.
            if (log.State.Lease is { } lease) await leases.ForgetAsync(lease.Id, stop);
            // Decided anew where somebody asked for the run's end at this very moment.
            await log.WriteAsync(state => NextAct.Of(state) is Act.Finish now ? Ending.Of(state, now.Event) : [], stop);
            return;
        }
        if (act is Act.AskApproval or Act.AwaitApproval || (act is Act.FetchCode && log.State.Approval is { Cleared: false }))
        {
            await BeforeApprovalAsync(log, act, interrupt, stop);
            return;
        }
        if (act is Act.FetchInputs or Act.StageCode or Act.SubmitStep) ApprovalActs.Check(log.State);
        var line = await lines.OfAsync(log, interrupt);
        if (KeyUses.Of(act) is { } use) log.Note(use.Use, use.Step);
        try
        {
            await DoAsync(log, line, act, interrupt, stop);
        }
        catch (PlaceException fault) when (fault.Failure.Name is FailureName.LoginRefused or FailureName.CredentialUnavailable)
        {
            // Whatever this line has for a key is of no use: the next attempt opens one with what the lease holds then.
            await lines.CloseAsync(line, stop);
            throw;
        }
    }

    // Before it is approved nothing of a run speaks to its machine, so that none of this has a line.
    private async Task BeforeApprovalAsync(RunLog log, Act act, CancellationToken interrupt, CancellationToken stop)
    {
        switch (act)
        {
            case Act.FetchCode:
                await code.FetchAsync(log, interrupt, stop);
                break;
            case Act.AskApproval:
                await approval.AskAsync(log, interrupt, stop);
                break;
            default:
                // People take their time: what was fetched is fetched again, and compared, when they have looked.
                await code.ForgetAsync(log.Id);
                break;
        }
    }

    private async Task DoAsync(RunLog log, MachineLine line, Act act, CancellationToken interrupt, CancellationToken stop)
    {
        switch (act)
        {
            case Act.CheckKept:
                await kept.CheckAsync(log, line, interrupt, stop);
                break;
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
    /// <summary>The phase of an act that begins, where it is another one. What holds the run holds it until the act succeeds.</summary>
    public static IReadOnlyList<object> Begin(Run state, Phase phase, params IEnumerable<object> facts) =>
        state.Phase == phase ? [.. facts] : [new PhaseEntered(state.Request.RunId, phase), .. facts];

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
