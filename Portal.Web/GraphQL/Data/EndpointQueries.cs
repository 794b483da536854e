using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;
using Endpoint = Portal.Domain.Data.Endpoint;

namespace Portal.Web.GraphQL.Data;

/// <summary>A place with data; its password is shown to nobody.</summary>
/// <param name="view">The endpoint.</param>
[ObjectType("Endpoint")]
public sealed class EndpointNode(EndpointView view)
{
    internal EndpointView View => view;

    /// <summary>Its id.</summary>
    [Id("Endpoint")]
    public Id<Endpoint> Id => view.Id;

    /// <summary>Its id in REST and in addresses of pages: 32 hex digits.</summary>
    public string Key => Id.ToString();

    /// <summary>What workflows call it: <c>endpoint://NAME/path</c>.</summary>
    public string Name => view.Name;

    /// <summary>Scheme, host, port and base folder.</summary>
    public string Url => view.Url;

    /// <summary>Login name, if it takes one.</summary>
    public string? UserName => view.UserName;

    /// <summary>For sftp the fingerprint of the server's key.</summary>
    public string? HostKey => view.HostKey;

    /// <summary>When it was registered.</summary>
    public DateTimeOffset RegisteredAt => view.RegisteredAt;
}

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
    [ListSize(Lists.Usual, Arguments = ["first"])]
    public static Task<ListPage<EndpointNode>?> GetEndpointsAsync([Caller] Caller caller, ListEndpointsHandler endpoints,
        [Id("Project")] Id<Project>? project = null, EndpointFilter? where = null, EndpointOrder? orderBy = null,
        int first = Lists.Usual, string? after = null, CancellationToken cancel = default)
    {
        var query = Lists.Query(first, after, orderBy?.Field == EndpointOrderField.Url ? "url" : "name",
            orderBy?.Direction ?? Direction.Ascending, Lists.Where("name", where?.Name));
        return Lists.PageAsync(query, endpoints.HandleAsync(caller, caller.ProjectOr(project), query, cancel),
            view => new EndpointNode(view));
    }
}

/// <summary>What belongs to an endpoint.</summary>
[ObjectType<EndpointNode>]
public static class EndpointFields
{
    /// <summary>Where it belongs.</summary>
    public static Task<ProjectNode?> GetProjectAsync([Parent] EndpointNode endpoint, ProjectLoader projects) =>
        projects.LoadAsync(endpoint.View.Project);
}
