using Microsoft.Extensions.Logging;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Carries one run from where it stands to its end: reads what happened, decides what comes next, does it, writes what
/// came of it, again and again. It holds no thread while it waits, and may be ended and begun anew at any instant.</summary>
internal sealed class RunProcess(RunLog log, RunActs acts, FaultPolicy faults, ILogger logger)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _interrupt;
    private bool _poked;
    private bool _pausing;

    /// <summary>Somebody else wrote something about the run, or about its machine: look again.</summary>
    /// <param name="urgent">Whether what is being done should be broken off for it.</param>
    public void Poke(bool urgent)
    {
        lock (_gate)
        {
            _poked = true;
            // Asynchronous: what is broken off must not go on under this lock.
            if (urgent || _pausing) _ = _interrupt?.CancelAsync();
        }
    }

    /// <summary>Whether something was said that nobody looked at, since the work was over by then.</summary>
    public bool Unheard
    {
        get { lock (_gate) return _poked; }
    }

    private bool Heard(CancellationTokenSource interrupt)
    {
        lock (_gate)
        {
            (_interrupt, _pausing, var poked) = (interrupt, false, _poked);
            _poked = false;
            return poked;
        }
    }

    /// <summary>Works until the run is over.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        await log.RefreshAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
            try
            {
                if (Heard(interrupt)) await log.RefreshAsync(stop);
                if (NextAct.Of(log.State) is not Act.Rest and var act) await DoAsync(act, interrupt, stop);
                else return;
            }
            finally
            {
                lock (_gate) _interrupt = null;
                interrupt.Dispose();
            }
        }
        stop.ThrowIfCancellationRequested();
    }

    private async Task DoAsync(Act act, CancellationTokenSource interrupt, CancellationToken stop)
    {
        try
        {
            await acts.DoAsync(log, act, interrupt.Token, stop);
            // Whoever decides is heard, as is whoever cancels.
            if (act is Act.AwaitApproval) await PauseAsync(Timeout.InfiniteTimeSpan, interrupt.Token, stop);
        }
        catch (OperationCanceledException) when (interrupt.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            logger.LogDebug("Run {Run} looks again.", log.Id);
        }
        catch (PlaceException fault)
        {
            await PauseAsync(await faults.RecordAsync(log, act, fault, stop), interrupt.Token, stop);
        }
        catch (ObjectDisposedException fault)
        {
            // Another run found that the machine's settings changed, and closed the line that this one was using.
            logger.LogInformation("Run {Run} lost its line at {Act}.", log.Id, act.GetType().Name);
            await PauseAsync(await faults.RecordAsync(log, act, Closed(fault), stop), interrupt.Token, stop);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            logger.LogError(fault, "Run {Run} met a fault of the portal's own at {Act}.", log.Id, act.GetType().Name);
            await PauseAsync(await faults.RecordAsync(log, act, Unexpected(fault), stop), interrupt.Token, stop);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken interrupt, CancellationToken stop)
    {
        lock (_gate)
        {
            // What was said while the fault was written down is no reason to wait.
            if (_poked) return;
            _pausing = true;
        }
        try
        {
            await Task.Delay(pause, interrupt);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            logger.LogDebug("Run {Run} waits no longer.", log.Id);
        }
    }

    private static PlaceException Closed(Exception fault) => new(FaultKind.Unknown,
        new(FailureName.Unreachable, "The connection was closed while it was used.", null, "A new one is made."), fault);

    private static PlaceException Unexpected(Exception fault) => new(FaultKind.Transient, new(FailureName.Internal,
        "The portal met a fault of its own.", fault.GetType().Name, "It is tried again; an administrator finds more in the portal's log."), fault);
}
