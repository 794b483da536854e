using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;

namespace Portal.Jobs.Pipeline;

/// <summary>Works on every run of one machine. The queue sees to it that a machine has one worker at a time, wherever that is, so the
/// machine's connections, questions and submissions are gathered in one place.</summary>
internal sealed class MachineWorker(Id<Machine> machine, MachineWorkerParts parts)
{
    private readonly ConcurrentDictionary<Id<Run>, (RunProcess Process, RunLog Log, Task Work)> _runs = new();
    private readonly Channel<Id<Run>> _arrivals = Channel.CreateUnbounded<Id<Run>>();
    private readonly object _gate = new();
    private DateTimeOffset _usedAt = parts.Chance.Now;
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
        var keeping = Task.WhenAll(
            EverySecondAsync(() => FollowLogsAsync(lines, ended.Token), ended.Token), EverySecondAsync(() => CloseLinesAsync(lines, ended.Token), ended.Token));
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
            if (again && !stop.IsCancellationRequested) Take(run);
        }
    }

    // What is looked after while runs go on: logs that somebody watches, lines that nobody may use any more.
    private async Task EverySecondAsync(Func<Task> act, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(cancel))
        {
            try
            {
                await act();
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                parts.Logger.LogWarning("Looking after machine {Machine} failed and is tried again: {Fault}", machine, fault.Message);
            }
        }
    }

    // A key serves the next run at once when it comes within seconds; one that may not be used any more goes with the next tick.
    private async Task CloseLinesAsync(MachineLines lines, CancellationToken cancel)
    {
        var now = parts.Chance.Now;
        var leases = _runs.Values.Select(entry => entry.Log.State.Lease).ToList();
        if (leases.Exists(lease => lease is { Ended: null } && lease.Until > now)) _usedAt = now;
        if (leases.Exists(lease => lease is { Ended: not (null or "done") } || lease?.Until <= now) || now - _usedAt > parts.Options.KeyLinger)
            await lines.CloseUnusedAsync(InUse, cancel);
    }

    private HashSet<Id<Credential>> InUse() => [.. _runs.Values.Select(entry => entry.Log.State.Lease)
        .Where(lease => lease is { Ended: null } && lease.Until > parts.Chance.Now).Select(lease => lease!.Credential)];

    private async Task FollowLogsAsync(MachineLines lines, CancellationToken cancel)
    {
        var running = _runs.ToArray().Where(pair => pair.Value.Log.State.Steps.Any(step => step.Status is StepStatus.Running or StepStatus.Queued))
            .ToDictionary(pair => pair.Key, pair => pair.Value.Log.State);
        if (running.Count == 0) return;
        var watched = await parts.Logs.WatchedAsync(running.Keys, cancel);
        if (watched.Count == 0) return;
        foreach (var line in await lines.OpenAsync(cancel))
        {
            var here = watched.Where(name => running[name.Run].Lease?.Credential == line.Credential)
                .Select(name => (Name: name, Step: running[name.Run].Steps.FirstOrDefault(step => step.Id == name.Step && step.Attempt == name.Attempt)))
                .Where(pair => pair.Step?.Key is not null)
                .Select(pair => (pair.Name, LogReader.PathOf(running[pair.Name.Run].Request.Folder, pair.Step!.Key!, pair.Name))).ToList();
            await parts.Reader.TakeAsync(line.Site, here, complete: false, cancel);
        }
    }
}
