using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Runs;

namespace Portal.Jobs.Pipeline;

/// <summary>Works on every run of one machine. The queue sees to it that a machine has one worker at a time, wherever that is, so the
/// machine's connections, questions and submissions are gathered in one place.</summary>
internal sealed class MachineWorker(Id<Machine> machine, MachineWorkerParts parts)
{
    private readonly ConcurrentDictionary<Id<Run>, (RunProcess Process, RunLog Log, Task Work)> _runs = new();
    private readonly Channel<Id<Run>> _arrivals = Channel.CreateUnbounded<Id<Run>>();
    private readonly object _gate = new();
    private bool _closing;

    /// <summary>Takes on a run.</summary>
    /// <returns>False when the worker is just closing: the run then needs another one.</returns>
    public bool Take(Id<Run> run)
    {
        lock (_gate) return !_closing && _arrivals.Writer.TryWrite(run);
    }

    /// <summary>Tells a run that somebody wrote something about it.</summary>
    public void Poke(Id<Run> run, bool urgent)
    {
        if (_runs.TryGetValue(run, out var entry)) entry.Process.Poke(urgent);
    }

    /// <summary>Tells every run that something about the machine changed.</summary>
    /// <param name="urgent">Whether nothing that is being done may go on.</param>
    public void PokeAll(bool urgent)
    {
        foreach (var entry in _runs.Values) entry.Process.Poke(urgent);
    }

    /// <summary>Ends the leases of a credential that may not be used any more.</summary>
    public async Task EndLeasesAsync(Id<Credential> credential, CancellationToken cancel)
    {
        foreach (var entry in _runs.Values)
        {
            await entry.Log.WriteAsync(state => state.Lease is { Ended: null } lease && lease.Credential == credential
                ? [new LeaseEnded(entry.Log.Id, lease.Id, "revoked")]
                : [], cancel);
        }
    }

    /// <summary>Works until there has been nothing to do for a while, or the portal stops.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        await using var lines = parts.Lines(machine);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var keeping = new MachineUpkeep(machine, parts, lines, () => [.. _runs.Values.Select(entry => entry.Log.State)]).KeepAsync(ended.Token);
        try
        {
            foreach (var run in await parts.ActiveRunsAsync(machine, stop)) Take(run);
            while (true)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
                patience.CancelAfter(parts.Options.Linger);
                try
                {
                    Begin(await _arrivals.Reader.ReadAsync(patience.Token), lines, stop);
                }
                catch (OperationCanceledException) when (!stop.IsCancellationRequested)
                {
                    if (Close()) return;
                }
            }
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(_runs.Values.Select(entry => entry.Work).Append(keeping)).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private bool Close()
    {
        lock (_gate)
        {
            _closing = _runs.IsEmpty && _arrivals.Reader.Count == 0;
            return _closing;
        }
    }

    private void Begin(Id<Run> run, MachineLines lines, CancellationToken stop)
    {
        if (_runs.ContainsKey(run)) return;
        var log = parts.Log(run);
        var process = parts.Process(log, lines);
        var begin = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs[run] = (process, log, WorkAsync(run, process, begin.Task, stop));
        begin.SetResult();
    }

    private async Task WorkAsync(Id<Run> run, RunProcess process, Task begin, CancellationToken stop)
    {
        await begin;
        var again = false;
        try
        {
            await process.WorkAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            parts.Logger.LogDebug("Run {Run} rests until the portal is back.", run);
        }
        catch (Exception fault)
        {
            // The database was away, most likely. The run is taken up again where it stands.
            parts.Logger.LogError(fault, "The work on run {Run} broke off.", run);
            again = true;
        }
        finally
        {
            await parts.Code.ForgetAsync(run);
            if (again) await Task.Delay(parts.Options.FirstPause, stop).ContinueWith(_ => { }, TaskScheduler.Default);
            _runs.TryRemove(run, out _);
            if ((again || process.Unheard) && !stop.IsCancellationRequested) Take(run);
        }
    }
}
