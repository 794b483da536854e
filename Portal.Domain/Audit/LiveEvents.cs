using System.Runtime.CompilerServices;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Events as they come, for as long as the caller may see what they are about.</summary>
public sealed class LiveEvents(IEventStore store, IEventTail tail, Access access)
{
    private const int PageSize = 500;

    /// <summary>Where to begin: at a position that the portal gave, or now. One that no event has had yet is refused.</summary>
    /// <param name="after">The last position seen; null to begin now.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Result<long>> BeginAsync(long? after, CancellationToken cancel)
    {
        if (after is not { } position) return await store.LastPositionAsync(cancel);
        if (position < 0) return Problem.Invalid("after", "A position is 0 or more.");
        if (position > await store.HighestPositionAsync(cancel))
            return new Problem("POSITION_AHEAD", "No event has had this position yet.", "after",
                Advice: "Go on after a position that this portal gave you, or leave it out to begin now.");
        return position;
    }

    /// <summary>Everything that happens in the portal after a position, in batches. Whether the caller may is asked at the
    /// beginning, and again for every batch that changes their place in the project; a refusal is the last that comes.</summary>
    public async IAsyncEnumerable<Result<IReadOnlyList<Recorded>>> FollowAsync(
        Caller caller, Id<Project> project, Operation operation, string what, long after,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, project, operation, what, cancel) is { } refusal)
        {
            yield return refusal;
            yield break;
        }
        await foreach (var batch in tail.FollowAsync(after, cancel))
        {
            if (batch.Any(recorded => Moves(recorded.Body, caller, project))
                && await access.RefusalAsync(caller, project, operation, what, cancel) is { } gone)
            {
                yield return gone;
                yield break;
            }
            yield return Result.Of(batch);
        }
    }

    /// <summary>What has happened after a position up to now, in batches: for what is over.</summary>
    public async IAsyncEnumerable<Result<IReadOnlyList<Recorded>>> PastAsync(
        long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var page = await store.ReadAllAsync(after, PageSize, cancel); page.Count > 0;
            page = await store.ReadAllAsync(page[^1].Position, PageSize, cancel))
            yield return Result.Of(page);
    }

    private static bool Moves(object body, Caller caller, Id<Project> project) => body switch
    {
        MemberAdded added => added.User == caller.User && added.ProjectId == project,
        MemberRemoved removed => removed.User == caller.User && removed.ProjectId == project,
        AuditorRemoved removed => removed.User == caller.User,
        _ => false,
    };
}
