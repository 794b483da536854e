using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Audit;

/// <summary>A page of events. Relay's cursor connections, forward alone.</summary>
/// <param name="edges">What is on the page, in order.</param>
/// <param name="pageInfo">What is around it.</param>
[Name("EventConnection")]
public sealed class EventPage(IReadOnlyList<Edge<EventNode>> edges, PageInfo pageInfo)
{
    /// <summary>What is on the page, each with its cursor.</summary>
    public IReadOnlyList<Edge<EventNode>> Edges { get; } = edges;

    /// <summary>What is on the page.</summary>
    public IEnumerable<EventNode> Nodes => Edges.Select(edge => edge.Node);

    /// <summary>What is around the page.</summary>
    public PageInfo PageInfo { get; } = pageInfo;
}
