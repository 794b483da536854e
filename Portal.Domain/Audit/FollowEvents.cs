using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Follows what happens in a project.</summary>
public sealed class FollowEventsHandler(LiveEvents live, StreamProjects projects, Readings readings)
{
    /// <summary>Events after a position (null: from now on), each once and in order; takes the permission to read events.
    /// A refusal is the last that comes.</summary>
    public async IAsyncEnumerable<Result<Recorded>> HandleAsync(
        Caller caller, Id<Project> project, EventFilter filter, long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var begin = await live.BeginAsync(after, cancel);
        if (!begin.Ok)
        {
            yield return Result.Refused<Recorded>(begin.Problems);
            yield break;
        }
        await foreach (var batch in live.FollowAsync(caller, project, Operation.ReadEvents, "project", begin.Value, cancel))
        {
            if (!batch.Ok)
            {
                yield return Result.Refused<Recorded>(batch.Problems);
                yield break;
            }
            await readings.NoteAsync(caller, project, ReadingKind.Events, filter.About(project), cancel);
            foreach (var recorded in batch.Value)
                if (filter.Takes(recorded) && await projects.FindAsync(recorded, cancel) == project)
                    yield return recorded;
        }
    }
}
