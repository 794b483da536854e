using System.Runtime.CompilerServices;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Runs of a project to which something happened.</summary>
/// <param name="Runs">The runs as lists see them now.</param>
/// <param name="Position">Where to go on.</param>
public sealed record RunsChange(IReadOnlyList<RunView> Runs, long Position);

/// <summary>Follows the runs of a project.</summary>
public sealed class FollowRunsHandler(LiveEvents live, StreamProjects projects, ListRunsHandler runs, IDocuments documents)
{
    /// <summary>Runs to which something happened after a position (null: from now on) and which now meet the conditions; the
    /// columns are those of <see cref="RunViewProjection"/>. A refusal is the last that comes.</summary>
    public async IAsyncEnumerable<Result<RunsChange>> HandleAsync(Caller caller, Id<Project> project,
        IReadOnlyList<Condition> where, long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var begin = await live.BeginAsync(after, cancel);
        if (!begin.Ok)
        {
            yield return Result.Refused<RunsChange>(begin.Problems);
            yield break;
        }
        await foreach (var batch in live.FollowAsync(caller, project, Operation.ShowRuns, "project", begin.Value, cancel))
        {
            var ids = batch.Ok ? await TouchedAsync(batch.Value, project, cancel) : [];
            if (batch.Ok && ids.Length == 0) continue;
            var page = batch.Ok ? await PageAsync(caller, project, where, ids, batch.Value[^1].Position, cancel)
                : Result.Refused<DocumentPage<RunView>>(batch.Problems);
            if (page.Ok && page.Value.Items.Count == 0) continue;
            yield return page.Then(found => Result.Of(new RunsChange(found.Items, batch.Value![^1].Position)));
            if (!page.Ok) yield break;
        }
    }

    private async Task<string[]> TouchedAsync(IReadOnlyList<Recorded> batch, Id<Project> project, CancellationToken cancel)
    {
        var ids = new HashSet<string>();
        foreach (var recorded in batch)
            if (Ledger.TryIdOf<Run>(recorded.Stream, out var id) && await projects.FindAsync(recorded, cancel) == project)
                ids.Add(id.ToString("n"));
        return [.. ids];
    }

    private async Task<Result<DocumentPage<RunView>>> PageAsync(
        Caller caller, Id<Project> project, IReadOnlyList<Condition> where, string[] ids, long position, CancellationToken cancel)
    {
        await documents.CaughtUpAsync<RunView>(position, cancel);
        return await runs.HandleAsync(caller, project, new([.. where, new("id", Comparison.In, ids)], Limit: ids.Length), cancel);
    }
}
