using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Endpoint = Portal.Domain.Data.Endpoint;

namespace Portal.Web.GraphQL.Data;

/// <summary>A place with data; its password is shown to nobody.</summary>
/// <param name="view">The endpoint.</param>
[Node, ObjectType("Endpoint")]
public sealed class EndpointNode(EndpointView view)
{
    internal EndpointView View => view;

    /// <summary>Its id.</summary>
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

    /// <summary>Finds it by its id.</summary>
    [NodeResolver]
    public static async Task<EndpointNode?> FindAsync(
        Id<Endpoint> id, [Caller] Caller caller, ShowEndpointHandler endpoints, CancellationToken cancel) =>
        (await endpoints.HandleAsync(caller, id, cancel)).OrNull() is { } view ? new(view) : null;
}
