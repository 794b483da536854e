using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>A lease in the list of whose key it lends.</summary>
/// <param name="Run">The run that may use the key; its lease holds.</param>
/// <param name="Use">How often it did; null when it never has.</param>
public sealed record ListedLease(RunView Run, LeaseUse? Use);

/// <summary>Lists the leases of the caller's own keys that hold now, wherever their runs are.</summary>
public sealed class MyLeasesHandler(IDocuments documents, Access access, ILeaseUses uses, IChance chance)
{
    /// <summary>At most 500, those that end first in front.</summary>
    public async Task<Result<IReadOnlyList<ListedLease>>> HandleAsync(Caller caller, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListLeases, "leases", cancel) is { } refusal) return refusal;
        var found = (await documents.QueryAsync<RunView>(new(
            [new("submitted_by", Comparison.Equal, caller.User!.Value.ToString()), new("lease_until", Comparison.Greater,
                chance.Now)],
            "lease_until", Limit: 500), cancel)).Items;
        var used = await uses.FindAsync([.. found.Select(run => run.LeaseId!.Value)], cancel);
        return found.Select(run => new ListedLease(run, used.GetValueOrDefault(run.LeaseId!.Value))).ToList();
    }
}

/// <summary>Shows how often a run used its lease.</summary>
public sealed class ShowLeaseUseHandler(RunAccess runs, ILeaseUses uses)
{
    /// <summary>The use of the lease that the run has, or had last; null within when it never used it, or has none.</summary>
    public async Task<Result<LeaseUse?>> HandleAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Operation.ShowRuns, cancel);
        if (!found.Ok) return Result.Refused<LeaseUse?>(found.Problems);
        return Result.Of(found.Value.State.Lease is { } lease
            ? (await uses.FindAsync([lease.Id], cancel)).GetValueOrDefault(lease.Id) : null);
    }
}

/// <summary>Takes the key back from all of the caller's runs at once: each waits for the token.</summary>
public sealed class RevokeLeasesHandler(Access access, EndLeases leases)
{
    /// <summary>Revokes them.</summary>
    /// <returns>How many held.</returns>
    public async Task<Result<int>> HandleAsync(Caller caller, CancellationToken cancel) =>
        await access.RefusalAsync(caller, Operation.RevokeLeases, "leases", cancel) is { } refusal
            ? refusal
            : await leases.AllAsync(caller, caller.User!.Value, cancel);
}
