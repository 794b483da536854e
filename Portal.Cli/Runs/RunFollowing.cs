using System.Globalization;
using System.Runtime.CompilerServices;
using Portal.Cli.GraphQL;

namespace Portal.Cli.Runs;

/// <summary>Reads and follows the events of a run.</summary>
public static class RunFollowing
{
    private static readonly string[] Ends = ["SUCCEEDED", "FAILED", "CANCELLED"];

    /// <summary>The run as it is, and again with whatever happens to it, each event once and in order, until it is over.</summary>
    public static IAsyncEnumerable<RunUpdate> FollowRunAsync(this PortalClient portal, string id, CancellationToken cancel) =>
        portal.FollowAsync<RunUpdate>(RunCommands.Operation("FollowRun"), last => new { id, after = last?.Position },
            last => Ends.Contains(last.Run.Phase), cancel);

    /// <summary>Its events so far, oldest first.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="id">The run.</param>
    /// <param name="after">The version to go on after.</param>
    /// <param name="cancel">Ends it.</param>
    public static async IAsyncEnumerable<RecordedEvent> RunEventsAsync(this PortalClient portal, string id, long after,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var from = after.ToString(CultureInfo.InvariantCulture); ;)
        {
            var found = await portal.AskAsync<Eventful>(RunCommands.Operation("RunEvents"), new { id, after = from }, cancel);
            foreach (var recorded in found.Events.Nodes) yield return recorded;
            if (!found.Events.PageInfo.HasNextPage) yield break;
            from = found.Events.PageInfo.EndCursor!;
        }
    }

    /// <summary>Its events until it is over, each once and in order: what happened before, then what happens.</summary>
    public static async IAsyncEnumerable<RecordedEvent> FollowRunEventsAsync(this PortalClient portal, string id, long after,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var update in portal.FollowRunAsync(id, cancel))
        {
            var events = update.Events.Count == 0 ? portal.RunEventsAsync(id, after, cancel) : update.Events.ToAsyncEnumerable();
            await foreach (var recorded in events.Where(candidate => candidate.Version > after))
            {
                after = recorded.Version;
                yield return recorded;
            }
        }
    }

    private sealed record Eventful(Connection<RecordedEvent> Events);
}
