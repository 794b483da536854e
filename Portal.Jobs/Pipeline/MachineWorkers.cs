using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Jobs.Queue;

namespace Portal.Jobs.Pipeline;

/// <summary>The machines' workers of this node, and what the node hears: the tail tells of runs that are new or retried, of what people do
/// to them, and of what changes about their machines.</summary>
internal sealed class MachineWorkers(IEventTail tail, IEventStore store, IMachineQueue queue, MachineWorkerParts parts) : BackgroundService
{
    private readonly ConcurrentDictionary<Id<Machine>, MachineWorker> _here = new();
    private long _position;

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

    /// <summary>Sees to it that somebody works on a machine's runs.</summary>
    public async Task EnsureAsync(Id<Machine> machine, IEnumerable<Id<Run>> runs, CancellationToken cancel)
    {
        var taken = _here.TryGetValue(machine, out var worker);
        foreach (var run in runs) taken = taken && worker!.Take(run);
        if (!taken) await queue.WorkOnAsync(machine, cancel);
    }

    /// <summary>Notes where events stand before any work begins: whatever is written from then on is heard.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _position = await store.LastPositionAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in tail.FollowAsync(_position, stoppingToken))
                {
                    foreach (var recorded in batch) await HearAsync(recorded, stoppingToken);
                    _position = batch[^1].Position;
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                parts.Logger.LogError(fault, "Hearing events broke off at {Position} and goes on from there.", _position);
                await Task.Delay(parts.Options.FirstPause, stoppingToken);
            }
        }
    }

    private async Task HearAsync(Recorded recorded, CancellationToken cancel)
    {
        if (recorded.Body is RunSubmitted submitted)
        {
            await EnsureAsync(submitted.MachineId, [submitted.RunId], cancel);
        }
        else if (recorded.Body is RunRetried retried)
        {
            // Who wrote the end may not have let go of the run yet: told first, it sees the retry or lets the run be taken on anew.
            foreach (var worker in _here.Values) worker.Poke(retried.RunId, urgent: false);
            await EnsureAsync(retried.MachineId, [retried.RunId], cancel);
        }
        else if (recorded.Body is ProjectQuotaChanged)
        {
            // What was held for want of quota may go on.
            foreach (var worker in _here.Values) worker.PokeAll(urgent: false);
        }
        else if (recorded.Body is CredentialRotated or CredentialRevoked && Ledger.TryIdOf<Credential>(recorded.Stream, out var credential))
        {
            foreach (var worker in _here.Values) await worker.EndLeasesAsync(new(credential), cancel);
        }
        else if (Ledger.TryIdOf<Run>(recorded.Stream, out var run))
        {
            // The end of a lease is heard whoever wrote it: nothing may go on with its key.
            var urgent = recorded.Body is CancelRequested or LeaseEnded { Reason: not "done" };
            if (!urgent && recorded.Metadata.Door == "worker") return;
            foreach (var worker in _here.Values) worker.Poke(new(run), urgent);
        }
        else if (recorded.Body is HostKeysPinned or MachineSettingsChanged or HostKeyChanged or MachineChecked
            && Ledger.TryIdOf<Machine>(recorded.Stream, out var machine) && _here.TryGetValue(new(machine), out var its))
        {
            // A changed host key stops everything for the machine.
            its.PokeAll(urgent: recorded.Body is HostKeyChanged);
        }
    }
}
