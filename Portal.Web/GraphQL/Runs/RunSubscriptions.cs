using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Audit;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Runs;

/// <summary>What became of a run.</summary>
/// <param name="Position">Where to go on.</param>
/// <param name="Run">The run after that.</param>
/// <param name="Events">What happened; nothing where it is shown as it is at the beginning.</param>
public sealed record RunUpdate(long Position, RunNode Run, IReadOnlyList<EventNode> Events);

/// <summary>Runs to which something happened.</summary>
/// <param name="Position">Where to go on.</param>
/// <param name="Runs">The runs as they are now.</param>
public sealed record RunsUpdate(long Position, IReadOnlyList<RunNode> Runs);

/// <summary>Following runs.</summary>
[SubscriptionType]
public static class RunSubscriptions
{
    /// <summary>
    /// A run as it is now and whatever happens to it, or only what happens after a position; ends when it is over. Who goes on
    /// after the last position that they saw misses nothing and sees nothing twice.
    /// </summary>
    public static IAsyncEnumerable<RunUpdate> GetRunAsync([Id("Run")] Id<Run> id, [Caller] Caller caller, FollowRunHandler runs,
        long? after = null, CancellationToken cancel = default) =>
        runs.HandleAsync(caller, id, after, cancel).ValuesAsync(change => new RunUpdate(change.Position, RunNode.Of(change.Run),
            [.. change.Events.Select(recorded => new EventNode(recorded))]), cancel);

    /// <summary>
    /// The runs of a project, of the caller's personal one if none is named, to which something happens from now on, or after a
    /// position, and which meet the conditions then.
    /// </summary>
    public static IAsyncEnumerable<RunsUpdate> GetRunsAsync([Caller] Caller caller, FollowRunsHandler runs,
        [Id("Project")] Id<Project>? project = null, RunFilter? where = null, long? after = null,
        CancellationToken cancel = default) =>
        runs.HandleAsync(caller, caller.ProjectOr(project), RunFilter.Conditions(where), after, cancel).ValuesAsync(
            change => new RunsUpdate(change.Position, [.. change.Runs.Select(view => new RunNode(view))]), cancel);
}
