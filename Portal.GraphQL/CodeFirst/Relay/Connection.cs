namespace Portal.GraphQL.CodeFirst;

/// <summary>A page of a list that can grow. Relay's cursor connections.</summary>
/// <typeparam name="T">The class of what is listed.</typeparam>
/// <param name="edges">What is on the page, in order.</param>
/// <param name="pageInfo">What is around it.</param>
/// <param name="totalCount">How many there are on all pages; null if nobody counted.</param>
public sealed class Connection<T>(IReadOnlyList<Edge<T>> edges, PageInfo pageInfo, int? totalCount = null)
    where T : notnull
{
    /// <summary>What is on the page, each with its cursor.</summary>
    public IReadOnlyList<Edge<T>> Edges { get; } = edges;

    /// <summary>What is on the page.</summary>
    public IEnumerable<T> Nodes => Edges.Select(edge => edge.Node);

    /// <summary>What is around the page.</summary>
    public PageInfo PageInfo { get; } = pageInfo;

    /// <summary>How many there are on all pages, if somebody counted.</summary>
    public int? TotalCount { get; } = totalCount;
}

/// <summary>Something in a connection.</summary>
/// <typeparam name="T">Its class.</typeparam>
/// <param name="Node">The thing.</param>
/// <param name="Cursor">Its place in the list.</param>
public sealed record Edge<T>(T Node, string Cursor)
    where T : notnull;

/// <summary>What is around a page.</summary>
/// <param name="HasNextPage">Whether there is more behind it.</param>
/// <param name="HasPreviousPage">Whether there is more in front of it.</param>
/// <param name="StartCursor">The place of the first on the page; null if it is empty.</param>
/// <param name="EndCursor">The place of the last on the page; null if it is empty.</param>
public sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);

/// <summary>Makes connections.</summary>
public static class Connection
{
    /// <summary>
    /// A page of what was fetched: one more than the page has, from its beginning on, or backward from its end.
    /// </summary>
    /// <typeparam name="T">The class of what is listed.</typeparam>
    /// <param name="fetched">At most one more than <see cref="Paging.Size"/>, in the order in which they were looked for.</param>
    /// <param name="page">The page.</param>
    /// <param name="cursorOf">From a thing to its place in the list.</param>
    /// <param name="totalCount">How many there are on all pages; null if nobody counted.</param>
    public static Connection<T> Of<T>(IReadOnlyList<T> fetched, Paging page, Func<T, string> cursorOf, int? totalCount = null)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(fetched);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(cursorOf);
        var edges = fetched.Take(page.Size).Select(item => new Edge<T>(item, cursorOf(item))).ToArray();
        var isMore = fetched.Count > page.Size;
        if (page.IsBackward)
        {
            Array.Reverse(edges);
        }
        var (hasNext, hasPrevious) = page.IsBackward
            ? (page.Before is not null, isMore)
            : (isMore, page.After is not null);
        return new Connection<T>(
            edges, new PageInfo(hasNext, hasPrevious, edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor), totalCount);
    }
}
