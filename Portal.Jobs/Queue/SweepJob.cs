using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Jobs.Pipeline;
using Quartz;

namespace Portal.Jobs.Queue;

/// <summary>Looks all runs over: queues machines whose runs nobody works on, and ends leases whose time is up.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepJob(IDocuments documents, Ledger ledger, ILeaseKeys leases, IChance chance, MachineWorkers workers) : IJob
{
    private const int Page = 500;

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await EndLeasesAsync(cancellationToken);
        await leases.ForgetOverAsync(cancellationToken);
        string? after = null;
        do
        {
            var active = await documents.QueryAsync<RunView>(
                new([new("final", Comparison.Equal, false)], "submitted_at", Limit: Page, After: after), cancellationToken);
            foreach (var machine in active.Items.GroupBy(run => run.Machine))
                await workers.EnsureAsync(machine.Key, machine.Select(run => run.Id), cancellationToken);
            after = active.Next;
        }
        while (after is not null);
    }

    private async Task EndLeasesAsync(CancellationToken cancel)
    {
        var over = await documents.QueryAsync<RunView>(new(
            [new("final", Comparison.Equal, false), new("lease_until", Comparison.AtMost, chance.Now)], "lease_until", Limit: Page), cancel);
        foreach (var run in over.Items)
        {
            if (run.LeaseId is not { } lease) continue;
            await leases.ForgetAsync(lease, cancel);
            await ledger.ChangeAsync<Run>(Caller.Worker(chance.NewGuid()), run.Id.Value, state => state.Lease is { Ended: null } now && now.Id == lease
                ? new object[] { new LeaseEnded(run.Id, lease, "expired") }
                : Result.Of<IReadOnlyList<object>>([]), cancel);
        }
    }
}
