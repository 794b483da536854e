using Portal.Domain.Common;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Common;

/// <summary>Lists as pages.</summary>
public static class Lists
{
    /// <summary>How many are on a page where nothing is said.</summary>
    public const int Usual = 50;

    /// <summary>The largest page.</summary>
    public const int Largest = 200;

    /// <summary>The query for a page.</summary>
    /// <param name="page">Which page.</param>
    /// <param name="column">Column to sort by.</param>
    /// <param name="direction">Which way.</param>
    /// <param name="where">Conditions; null where nothing was asked.</param>
    public static DocumentQuery Query(
        Paging page, string column, Direction direction, params IEnumerable<Condition?> where) =>
        page.Size > 0
            ? new([.. where.OfType<Condition>()], column, direction == Direction.Descending, page.Size, After: page.After,
                Backward: page.IsBackward, Before: page.Before)
            : throw Answers.Refusal(Problem.Invalid(page.IsBackward ? "last" : "first", "A page has at least one entry."));

    /// <summary>A condition where a value was given.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">What it shall be; null for anything.</param>
    /// <param name="comparison">How it is compared.</param>
    public static Condition? Where(string column, object? value, Comparison comparison = Comparison.Equal) =>
        value is null ? null : new(column, comparison, value);

    /// <summary>The page as it is answered; null where the project does not exist for the caller.</summary>
    /// <typeparam name="TView">What the handler lists.</typeparam>
    /// <typeparam name="TNode">What is answered with.</typeparam>
    /// <param name="query">What was asked.</param>
    /// <param name="ask">Asks the handler.</param>
    /// <param name="node">From one to the other.</param>
    public static async Task<ListPage<TNode>?> PageAsync<TView, TNode>(
        DocumentQuery query, Func<DocumentQuery, Task<Result<DocumentPage<TView>>>> ask, Func<TView, TNode> node)
        where TNode : notnull
    {
        if ((await ask(query)).OrNull() is not { } page) return null;
        var edges = page.Items.Zip(page.Cursors, (view, cursor) => new Edge<TNode>(node(view), cursor)).ToList();
        var more = page.Next is not null;
        return new(edges, Around(edges, query.Backward ? query.Before is not null : more, query.Backward ? more : query.After is not null),
            async () => (await ask(new(query.Where, Limit: 1, Count: true))).OrNull()?.Total ?? 0);
    }

    /// <summary>A page of a list that is known as a whole.</summary>
    /// <typeparam name="T">The class of what is listed.</typeparam>
    /// <param name="all">The list.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cursorOf">From a thing to its place in the list: another for each.</param>
    public static ListPage<T> Page<T>(IReadOnlyList<T> all, Paging page, Func<T, string> cursorOf)
        where T : notnull
    {
        var edges = all.Select(item => new Edge<T>(item, cursorOf(item))).ToList();
        var from = page.After is null ? 0 : PlaceOf(edges, page.After) + 1;
        var to = page.Before is null ? edges.Count : PlaceOf(edges, page.Before);
        var size = Math.Clamp(to - from, 0, page.Size);
        (from, to) = page.IsBackward ? (to - size, to) : (from, from + size);
        var shown = edges.GetRange(from, size);
        return new(shown, Around(shown, to < edges.Count, from > 0), () => Task.FromResult((long)edges.Count));
    }

    private static PageInfo Around<T>(List<Edge<T>> edges, bool next, bool previous)
        where T : notnull => new(next, previous, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor);

    private static int PlaceOf<T>(List<Edge<T>> edges, string cursor)
        where T : notnull => edges.FindIndex(edge => edge.Cursor == cursor) is >= 0 and var place
            ? place
            : throw Answers.Refusal(Problem.Invalid("cursor", "The cursor is of no entry of this list."));
}
