using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Some of what happened in a project.</summary>
/// <param name="Events">The events, oldest first.</param>
/// <param name="Position">How far was looked: where to go on.</param>
/// <param name="More">Whether there may be more.</param>
public sealed record PastEvents(IReadOnlyList<Recorded> Events, long Position, bool More);

/// <summary>Reads what happened in a project.</summary>
public sealed class ReadEventsHandler(LiveEvents live, Access access, StreamProjects projects, Readings readings, IEventStore store)
{
    private const int PageSize = 1000;

    // Events of all projects that are looked through for one answer; who finds fewer than wanted goes on from there.
    private const int MostLookedAt = 20_000;

    /// <summary>The events after a position, oldest first; takes the permission to read events.</summary>
    public async Task<Result<PastEvents>> HandleAsync(
        Caller caller, Id<Project> project, EventFilter filter, long after, int limit, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, project, Operation.ReadEvents, "project", cancel) is { } refusal) return refusal;
        var begin = await live.BeginAsync(after, cancel);
        if (!begin.Ok) return Result.Refused<PastEvents>(begin.Problems);
        await readings.NoteAsync(caller, project, ReadingKind.Events, filter.About(project), cancel);
        var found = new List<Recorded>();
        for (var (looked, full) = (0, true); full && looked < MostLookedAt; looked += PageSize)
        {
            var page = await store.ReadAllAsync(after, PageSize, cancel);
            full = page.Count == PageSize;
            await projects.LearnAsync(page.Where(filter.Takes), cancel);
            foreach (var recorded in page)
            {
                if (filter.Takes(recorded) && await projects.FindAsync(recorded, cancel) == project)
                {
                    if (found.Count == limit) return new PastEvents(found, after, true);
                    found.Add(recorded);
                }
                after = recorded.Position;
            }
            if (!full) return new PastEvents(found, after, false);
        }
        return new PastEvents(found, after, true);
    }
}
