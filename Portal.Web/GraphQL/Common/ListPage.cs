using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Common;

/// <summary>A page of a list that can grow. Relay's cursor connections.</summary>
/// <typeparam name="T">The class of what is listed.</typeparam>
/// <param name="edges">What is on the page, in order.</param>
/// <param name="pageInfo">What is around it.</param>
/// <param name="count">Counts what is on all pages.</param>
[Name("Connection")]
public sealed class ListPage<T>(IReadOnlyList<Edge<T>> edges, PageInfo pageInfo, Func<Task<long>> count)
    where T : notnull
{
    /// <summary>What is on the page, each with its cursor.</summary>
    public IReadOnlyList<Edge<T>> Edges { get; } = edges;

    /// <summary>What is on the page.</summary>
    public IEnumerable<T> Nodes => Edges.Select(edge => edge.Node);

    /// <summary>What is around the page.</summary>
    public PageInfo PageInfo { get; } = pageInfo;

    /// <summary>How many there are on all pages. They are counted when this is asked for, and only then.</summary>
    public Task<long> TotalCount => count();
}

/// <summary>Which way a list is sorted.</summary>
public enum Direction
{
    /// <summary>Smallest or oldest first.</summary>
    Ascending,
    /// <summary>Largest or newest first.</summary>
    Descending,
}
