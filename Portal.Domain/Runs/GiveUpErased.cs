using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Ends the runs of a person who is erased. They have no key any more, and nobody can give them another one, so nothing of
/// theirs is asked at its machine: a job that the scheduler has goes on there until it ends by itself.</summary>
public sealed class GiveUpErased(Ledger ledger, IDocuments documents, IEventStore store, ILeaseKeys leases) : IPersonErased
{
    /// <inheritdoc/>
    public async Task<Problem?> ErasedAsync(Caller caller, Id<User> person)
    {
        var none = CancellationToken.None;
        await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(none), none);
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<RunView>(new(
                [new("submitted_by", Comparison.Equal, person.ToString()), new("final", Comparison.Equal, false)],
                Limit: 200, After: after), none);
            foreach (var run in page.Items)
            {
                Id<Lease>? lease = null;
                var ended = await ledger.ChangeAsync<Run>(caller, run.Id.Value, state =>
                {
                    lease = state.Lease?.Id;
                    return Decide(state, caller.User ?? person);
                }, none);
                if (!ended.Ok) return ended.Problems[0];
                if (lease is { } id) await leases.ForgetAsync(id, none);
            }
            if ((after = page.Next) is null) return null;
        }
    }

    /// <summary>Decides on the events; a run that is over stays as it ended.</summary>
    public static Result<IReadOnlyList<object>> Decide(Run state, Id<User> by)
    {
        if (state.Submitted is null || state.Phase.IsFinal()) return Result.Of<IReadOnlyList<object>>([]);
        var run = state.Request.RunId;
        var facts = new List<object>();
        if (!state.Cancelling) facts.Add(new CancelRequested(run, by));
        if (state.PresentStep is { InHand: true } step)
            facts.Add(new StepEnded(run, step.Id, step.Attempt, "cancelled", null,
                new(0, 0, 0, 0, step.Tasks?.Total ?? 1), null, null, new(FailureName.JobLost,
                    "The run was given up when the person whose key it took was erased.", null,
                    "Look on the machine whether a job of this name is there."), null));
        facts.Add(new RunCancelled(run));
        if (state.Lease is { Ended: null } lease) facts.Add(new LeaseEnded(run, lease.Id, "revoked"));
        return facts;
    }
}
