using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Access;

/// <summary>Every address that a running portal has mapped, but for static files.</summary>
internal static partial class Routes
{
    /// <summary>What addresses of REST begin with.</summary>
    public const string Rest = "/api/v1";

    /// <summary>Those of REST: method, and path below <see cref="Rest"/>.</summary>
    public static IEnumerable<string> OfRest(TestPortal portal) =>
        from route in All(portal)
        where route.Path.StartsWith($"{Rest}/", StringComparison.Ordinal)
        select $"{route.Method} {route.Path[Rest.Length..]}";

    /// <summary>Those of pages: the path.</summary>
    public static IEnumerable<string> OfPages(TestPortal portal) => All(portal).Where(route => route.Page).Select(route =>
        route.Path).Distinct();

    /// <summary>All others: method and path; ANY where a path takes every method.</summary>
    public static IEnumerable<string> OfOthers(TestPortal portal) =>
        from route in All(portal)
        where !route.Page && !route.Path.StartsWith($"{Rest}/", StringComparison.Ordinal)
        select $"{route.Method} {route.Path}";

    private static IEnumerable<(string Method, string Path, bool Page)> All(TestPortal portal) =>
        (from endpoint in portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
         where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
         let page = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
         from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods
             : ["ANY"]
         select (method, PathOf(endpoint.RoutePattern.RawText!), page)).Distinct();

    private static string PathOf(string pattern) => "/" + Constraint().Replace(pattern, "{$1}").Trim('/');

    // {index:int}, {name?}
    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Constraint();
}
