using Microsoft.Extensions.Logging;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Carries one run from where it stands to its end: reads what happened, decides what comes next, does it, writes what
/// came of it, again and again. It holds no thread while it waits, and may be ended and begun anew at any instant.</summary>
internal sealed class RunProcess(RunLog log, RunActs acts, FaultPolicy faults, ILogger logger)
{
    private CancellationTokenSource _interrupt = new();
    private volatile bool _poked;

    /// <summary>Somebody else wrote something about the run, or about its machine: look again.</summary>
    /// <param name="urgent">Whether what is being done should be broken off for it.</param>
    public void Poke(bool urgent)
    {
        _poked = true;
        var interrupt = _interrupt;
        if (!urgent && log.State.Hold == Hold.None && log.State.Postponed is null) return;
        try
        {
            interrupt.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The act ended by itself at this very moment; the loop looks again anyway.
            _poked = true;
        }
    }

    /// <summary>Works until the run is over.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        await log.RefreshAsync(stop);
        while (!stop.IsCancellationRequested)
        {
            using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _interrupt = interrupt;
            if (_poked)
            {
                _poked = false;
                await log.RefreshAsync(stop);
            }
            var act = NextAct.Of(log.State);
            if (act is Act.Rest) return;
            try
            {
                await acts.DoAsync(log, act, interrupt.Token, stop);
                faults.Clear();
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                logger.LogDebug("Run {Run} looks again.", log.Id);
            }
            catch (PlaceException fault)
            {
                await PauseAsync(await faults.RecordAsync(log, act, fault, stop), interrupt.Token, stop);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                logger.LogError(fault, "Run {Run} met a fault of the portal's own at {Act}.", log.Id, act.GetType().Name);
                await PauseAsync(await faults.RecordAsync(log, act, Unexpected(fault), stop), interrupt.Token, stop);
            }
        }
        stop.ThrowIfCancellationRequested();
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken interrupt, CancellationToken stop)
    {
        try
        {
            await Task.Delay(pause, interrupt);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            logger.LogDebug("Run {Run} waits no longer.", log.Id);
        }
    }

    private static PlaceException Unexpected(Exception fault) => new(FaultKind.Transient, new(FailureName.Internal,
        "The portal met a fault of its own.", fault.GetType().Name, "It is tried again; an administrator finds more in the portal's log."), fault);
}
