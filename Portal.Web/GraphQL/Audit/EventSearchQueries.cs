using System.Globalization;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Audit;

/// <summary>A page of found events. Relay's cursor connections; cursors are positions.</summary>
/// <param name="edges">What is on the page, in order.</param>
/// <param name="pageInfo">What is around it.</param>
/// <param name="count">Counts what is on all pages.</param>
[Name("EventSearchConnection")]
public sealed class EventSearchPage(IReadOnlyList<Edge<EventNode>> edges, PageInfo pageInfo, Func<Task<EventCount>> count)
{
    /// <summary>What is on the page, each with its cursor.</summary>
    public IReadOnlyList<Edge<EventNode>> Edges { get; } = edges;

    /// <summary>What is on the page.</summary>
    public IEnumerable<EventNode> Nodes => Edges.Select(edge => edge.Node);

    /// <summary>What is around the page.</summary>
    public PageInfo PageInfo { get; } = pageInfo;

    /// <summary>How many are found in all: counted up to ten thousand, and estimated where there are more.</summary>
    public Task<EventCount> Total => count();
}

/// <summary>Searching the record of all events.</summary>
[QueryType]
public static class EventSearchQueries
{
    /// <summary>
    /// What happened, newest first, in one project or in all in which the caller may read events; null if there is no such project.
    /// What is written now is found a moment later.
    /// </summary>
    public static async Task<EventSearchPage?> GetEventSearchAsync([Caller] Caller caller, SearchEventsHandler events,
        [PageSize(EventPages.Largest, EventPages.Usual)] Paging page, [Id("Project")] Id<Project>? project = null,
        EventSearchWhere? where = null, Direction order = Direction.Descending, CancellationToken cancel = default)
    {
        if (page.Size == 0)
            throw Answers.Refusal(Problem.Invalid(page.IsBackward ? "last" : "first", "A page has at least one entry."));
        var question = EventSearchWhere.Question(where, project);
        var down = order == Direction.Descending;
        var (after, before) = (Position("after", page.After), Position("before", page.Before));
        var asked = question with { After = down ? before : after, Before = down ? after : before };
        if ((await events.PageAsync(caller, asked, down != page.IsBackward, page.Size, cancel)).OrNull() is not { } found) return null;
        var edges = found.Events.Select(recorded => new Edge<EventNode>(new(recorded), Cursor(recorded))).ToList();
        if (page.IsBackward) edges.Reverse();
        var (next, previous) = page.IsBackward ? (page.Before is not null, found.More) : (found.More, page.After is not null);
        return new(edges, new(next, previous, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor),
            async () => (await events.CountAsync(caller, question, cancel)).OrThrow());
    }

    /// <summary>One event, by its position; null if there is none.</summary>
    public static async Task<EventNode?> GetRecordedEventAsync(
        long position, [Caller] Caller caller, EventCausesHandler events, CancellationToken cancel) =>
        (await events.FindAsync(caller, position, cancel)).OrNull() is { } found ? new(found) : null;

    /// <summary>What led to the event with a position, and all else that the same request led to; null if there is no such event.</summary>
    [ListSize(EventCausesHandler.Most)]
    public static async Task<EventTreeNode?> GetEventCausesAsync(
        long position, [Caller] Caller caller, EventCausesHandler events, CancellationToken cancel) =>
        (await events.OfAsync(caller, position, cancel)).OrNull() is { } tree ? new(tree) : null;

    private static long? Position(string field, string? cursor) => cursor is null ? null
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position
        : throw Answers.Refusal(Problem.Invalid(field, "This is no cursor of this list."));

    private static string Cursor(Recorded recorded) => recorded.Position.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What one request led to, as a tree.</summary>
/// <param name="tree">The tree.</param>
[ObjectType("EventTree")]
public sealed class EventTreeNode(EventTree tree)
{
    /// <summary>The events, from the first downwards: each behind what led to it.</summary>
    public IEnumerable<CausedEventNode> Events => tree.Events.Select(caused =>
        new CausedEventNode(new(caused.Event), caused.Parent, caused.Depth));

    /// <summary>Whether it led to more than is shown.</summary>
    public bool More => tree.More;
}

/// <summary>An event among all that one request led to.</summary>
/// <param name="Event">The event.</param>
/// <param name="Parent">Position of the one that led to it; null for what began it.</param>
/// <param name="Depth">How many stand above it.</param>
[ObjectType("CausedEvent")]
public sealed record CausedEventNode(EventNode Event, long? Parent, int Depth);
