using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;
using Portal.Web.Rest.Runs;

namespace Portal.Web.GraphQL.Runs;

/// <summary>A lease of the caller's key that holds now.</summary>
/// <param name="lease">The lease.</param>
[ObjectType("RunningLease")]
public sealed class RunningLeaseNode(ListedLease lease)
{
    /// <summary>The run that may use the key.</summary>
    public RunNode Run => new(lease.Run);

    /// <summary>When it was granted.</summary>
    public DateTimeOffset? Since => lease.Run.LeaseSince;

    /// <summary>When it ends.</summary>
    public DateTimeOffset? Until => lease.Run.LeaseUntil;

    /// <summary>Whether the key is in memory alone.</summary>
    public bool Attended => lease.Run.LeaseAttended;

    /// <summary>Connections that were opened with the key, or that its run joined.</summary>
    public int Uses => lease.Use?.Times ?? 0;

    /// <summary>When that was last.</summary>
    public DateTimeOffset? LastUsedAt => lease.Use?.LastAt;
}

/// <summary>The leases of who asks.</summary>
[ObjectType<Viewer>]
public static class ViewerLeases
{
    /// <summary>Leases of their keys that hold now, those that end first in front; null for a token that may not list
    /// them.</summary>
    public static async Task<ListPage<RunningLeaseNode>?> GetLeasesAsync([Parent] Viewer viewer, [Caller] Caller caller,
        MyLeasesHandler leases, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel)
    {
        var all = (await leases.HandleAsync(caller, cancel)).OrNull()?.Select(lease => new RunningLeaseNode(lease)).ToList();
        return all is null ? null : Lists.Page(all, page, lease => lease.Run.Key);
    }
}

/// <summary>How often runs used their leases.</summary>
/// <param name="uses">Tells of one.</param>
public sealed class LeaseUseLoader(ShowLeaseUseHandler uses) : DataLoader<Id<Run>, LeaseUse>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<Run>, LeaseUse> batch, CancellationToken cancel)
    {
        foreach (var run in batch.Keys)
            if ((await uses.HandleAsync((Caller)Caller!, run, cancel)).Value is { } use) batch.Set(run, use);
    }
}

/// <summary>What is known of a run's lease.</summary>
[ObjectType<LeaseBody>("Lease")]
public static class LeaseFields
{
    /// <summary>Connections that were opened with the key, or that the run joined.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<int> GetUsesAsync([Parent] LeaseBody lease, LeaseUseLoader uses) =>
        (await uses.LoadAsync(lease.Run))?.Times ?? 0;

    /// <summary>When that was last; null if it never was.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<DateTimeOffset?> GetLastUsedAtAsync([Parent] LeaseBody lease, LeaseUseLoader uses) =>
        (await uses.LoadAsync(lease.Run))?.LastAt;
}
