using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Jobs.Queue;

namespace Portal.Jobs.Pipeline;

/// <summary>The machines' workers of this node, and what the node hears: the tail tells of new runs, of what people do to them, and of
/// what changes about their machines.</summary>
internal sealed class MachineWorkers(IEventTail tail, IEventStore store, IMachineQueue queue, MachineWorkerParts parts) : BackgroundService
{
    private readonly ConcurrentDictionary<Id<Machine>, MachineWorker> _here = new();

    /// <summary>Works on a machine's runs; the queue calls it, once at a time for each machine.</summary>
    public async Task WorkAsync(Id<Machine> machine, CancellationToken stop)
    {
        var worker = new MachineWorker(machine, parts);
        _here[machine] = worker;
        try
        {
            await worker.WorkAsync(stop);
        }
        finally
        {
            _here.TryRemove(new(machine, worker));
        }
    }

    /// <summary>Sees to it that somebody works on a run.</summary>
    public async Task EnsureAsync(Id<Machine> machine, Id<Run> run, CancellationToken cancel)
    {
        if (_here.TryGetValue(machine, out var worker) && worker.Take(run)) return;
        await queue.WorkOnAsync(machine, cancel);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var position = await store.LastPositionAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in tail.FollowAsync(position, stoppingToken))
                {
                    foreach (var recorded in batch) await HearAsync(recorded, stoppingToken);
                    position = batch[^1].Position;
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                parts.Logger.LogError(fault, "Hearing events broke off at {Position} and goes on from there.", position);
                await Task.Delay(parts.Options.FirstPause, stoppingToken);
            }
        }
    }

    private async Task HearAsync(Recorded recorded, CancellationToken cancel)
    {
        if (recorded.Body is RunSubmitted submitted)
        {
            await EnsureAsync(submitted.MachineId, submitted.RunId, cancel);
        }
        else if (recorded.Metadata.Door != "worker" && Ledger.TryIdOf<Run>(recorded.Stream, out var run))
        {
            var urgent = recorded.Body is CancelRequested or LeaseEnded;
            foreach (var worker in _here.Values) worker.Poke(new(run), urgent);
        }
        else if (recorded.Body is HostKeysPinned or MachineSettingsChanged or HostKeyChanged or MachineChecked
            && Ledger.TryIdOf<Machine>(recorded.Stream, out var machine) && _here.TryGetValue(new(machine), out var its))
        {
            its.PokeAll();
        }
    }
}
