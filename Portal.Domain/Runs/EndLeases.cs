using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Ends the leases of who may not submit in a project any more: their runs there wait for a token that nobody can give
/// but them.</summary>
public sealed class EndLeases(Ledger ledger, IDocuments documents, IEventStore store, ILeaseKeys leases) : ISubmitterGone
{
    private const int PageSize = 500;

    /// <inheritdoc/>
    public async Task GoneAsync(Caller caller, Id<Project> project, Id<User> user, CancellationToken cancel)
    {
        // The list stands behind: what was submitted a moment ago must be in it.
        await documents.CaughtUpAsync<RunView>(await store.LastPositionAsync(cancel), cancel);
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<RunView>(new(
                [new("project", Comparison.Equal, project.ToString()), new("submitted_by", Comparison.Equal, user.ToString()),
                 new("final", Comparison.Equal, false)], Limit: PageSize, After: after), cancel);
            foreach (var run in page.Items.Where(run => run.LeaseId is not null)) await EndAsync(caller, run, cancel);
            if ((after = page.Next) is null) return;
        }
    }

    private async Task EndAsync(Caller caller, RunView run, CancellationToken cancel)
    {
        await leases.ForgetAsync(run.LeaseId!.Value, cancel);
        var ended = await ledger.ChangeAsync<Run>(caller, run.Id.Value, state => state.Lease is { Ended: null } lease
            ? new object[] { new LeaseEnded(run.Id, lease.Id, "revoked") }
            : Result.Of<IReadOnlyList<object>>([]), cancel);
        // A lease may have taken the place of the one that the list showed.
        if (ended.Value?.Lease is { } last && last.Id != run.LeaseId) await leases.ForgetAsync(last.Id, cancel);
    }
}
