using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;
using Endpoint = Portal.Domain.Data.Endpoint;

namespace Portal.Web.GraphQL.Data;

/// <summary>Which endpoints; all conditions that are given must hold.</summary>
/// <param name="Name">Only the one of this name.</param>
public sealed record EndpointFilter(string? Name = null);

/// <summary>What endpoints are sorted by.</summary>
public enum EndpointOrderField
{
    /// <summary>Their name.</summary>
    Name,
    /// <summary>Where they are.</summary>
    Url,
}

/// <summary>How endpoints are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Which way.</param>
public sealed record EndpointOrder(EndpointOrderField Field, Direction Direction = Direction.Ascending);

/// <summary>Questions about places with data.</summary>
[QueryType]
public static class EndpointQueries
{
    /// <summary>
    /// The endpoints of a project, of the caller's personal one if none is named; null if there is no such project.
    /// </summary>
    public static Task<ListPage<EndpointNode>?> GetEndpointsAsync([Caller] Caller caller, ListEndpointsHandler endpoints,
        [PageSize(Lists.Largest, Lists.Usual)] Paging page, [Id("Project")] Id<Project>? project = null,
        EndpointFilter? where = null, EndpointOrder? orderBy = null, CancellationToken cancel = default)
    {
        var query = Lists.Query(page, orderBy?.Field == EndpointOrderField.Url ? "url" : "name",
            orderBy?.Direction ?? Direction.Ascending, Lists.Where("name", where?.Name));
        return Lists.PageAsync(query, asked => endpoints.HandleAsync(caller, caller.ProjectOr(project), asked, cancel),
            view => new EndpointNode(view));
    }

    /// <summary>An endpoint; null if there is none.</summary>
    public static Task<EndpointNode?> GetEndpointAsync([Id("Endpoint")] Id<Endpoint> id, [Caller] Caller caller,
        ShowEndpointHandler endpoints, CancellationToken cancel) =>
        EndpointNode.FindAsync(id, caller, endpoints, cancel);
}

/// <summary>What belongs to an endpoint.</summary>
[ObjectType<EndpointNode>]
public static class EndpointFields
{
    /// <summary>Where it belongs.</summary>
    public static Task<ProjectNode?> GetProjectAsync([Parent] EndpointNode endpoint, ProjectLoader projects) =>
        projects.LoadAsync(endpoint.View.Project);
}
