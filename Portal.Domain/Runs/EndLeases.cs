using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Ends many leases at once: of who may not submit in a project any more, of unattended runs on a machine that takes
/// attended ones alone or is not shared any more, or all that a person wants back. The runs wait for a token that nobody can
/// give but their submitters.</summary>
public sealed class EndLeases(Ledger ledger, IDocuments documents, IEventStore store, ILeaseKeys leases) : ISubmitterGone,
    IMachineLeases
{
    private const int PageSize = 500;

    /// <inheritdoc/>
    public Task GoneAsync(Caller caller, Id<Project> project, Id<User> user, CancellationToken cancel) => EndAsync(caller, _ =>
        true,
        [new("project", Comparison.Equal, project.ToString()), new("submitted_by", Comparison.Equal, user.ToString()),
         new("final", Comparison.Equal, false)], cancel);

    /// <inheritdoc/>
    public Task EndUnattendedAsync(Caller caller, Id<Machine> machine, CancellationToken cancel) => EndAsync(caller, attended =>
        !attended,
        [new("machine", Comparison.Equal, machine.ToString()), new("final", Comparison.Equal, false)], cancel);

    /// <inheritdoc/>
    public Task EndOfAsync(Caller caller, Id<Machine> machine, Id<Project> project, CancellationToken cancel) => EndAsync(caller,
        _ => true,
        [new("machine", Comparison.Equal, machine.ToString()), new("project", Comparison.Equal, project.ToString()),
         new("final", Comparison.Equal, false)], cancel);

    /// <summary>Ends every lease of a person's keys.</summary>
    /// <returns>How many were ended.</returns>
    internal Task<int> AllAsync(Caller caller, Id<User> user, CancellationToken cancel) => EndAsync(caller, _ => true,
        [new("submitted_by", Comparison.Equal, user.ToString()), new("lease_until", Comparison.NotEqual, null)], cancel);

    // Which: whether a lease is meant, by its being attended or not.
    private async Task<int> EndAsync(
        Caller caller, Func<bool, bool> which, IReadOnlyList<Condition> where, CancellationToken cancel)
    {
        // The list stands behind: what was submitted a moment ago must be in it.
        await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(cancel), cancel);
        var count = 0;
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<RunView>(new(where, Limit: PageSize, After: after), cancel);
            foreach (var run in page.Items.Where(run => run.LeaseId is not null && which(run.LeaseAttended)))
            {
                await EndAsync(caller, run, which, cancel);
                count++;
            }
            if ((after = page.Next) is null) return count;
        }
    }

    private async Task EndAsync(Caller caller, RunView run, Func<bool, bool> which, CancellationToken cancel)
    {
        await leases.ForgetAsync(run.LeaseId!.Value, cancel);
        var ended = await ledger.ChangeAsync<Run>(caller, run.Id.Value, state => state.Lease is { Ended: null } lease
            && which(lease.Attended)
            ? new object[] { new LeaseEnded(run.Id, lease.Id, "revoked") }
            : Result.Of<IReadOnlyList<object>>([]), cancel);
        // A lease may have taken the place of the one that the list showed.
        if (ended.Value?.Lease is { } last && last.Id != run.LeaseId && which(last.Attended)) await leases.ForgetAsync(last.Id,
            cancel);
    }
}
