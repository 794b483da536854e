using System.Globalization;
using System.Runtime.CompilerServices;
using Portal.Cli.GraphQL;

namespace Portal.Cli.Runs;

/// <summary>Reads and follows the events of a run.</summary>
public static class RunFollowing
{
    private static readonly string[] Ends = ["SUCCEEDED", "FAILED", "CANCELLED"];

    /// <summary>The run as it is, and again with whatever happens to it, each event once and in order, until it is
    /// over.</summary>
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

    /// <summary>The same, and in the first update whatever happened before.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="id">The run.</param>
    /// <param name="after">The version to begin after.</param>
    /// <param name="cancel">Ends it.</param>
    public static async IAsyncEnumerable<RunUpdate> FollowRunAsync(this PortalClient portal, string id, long after,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var update in portal.FollowRunAsync(id, cancel))
        {
            var events = update.Events.Count > 0
                ? update.Events
                : await portal.RunEventsAsync(id, after, cancel).ToListAsync(cancel);
            // What happened since the update may be among what was asked for, and comes once more.
            var fresh = events.Where(recorded => recorded.Version > after).ToList();
            after = fresh.LastOrDefault()?.Version ?? after;
            yield return update with { Events = fresh };
        }
    }

    private sealed record Eventful(Connection<RecordedEvent> Events);
}
