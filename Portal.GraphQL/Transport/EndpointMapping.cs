using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Portal.GraphQL.Execution;

namespace Portal.GraphQL.Transport;

/// <summary>Where an engine can be asked.</summary>
public static class EndpointMapping
{
    /// <summary>
    /// Answers at a path: GraphQL over HTTP by GET and POST, files by the multipart request specification, event streams
    /// by graphql-sse (distinct connections), and WebSockets by graphql-transport-ws if the host calls
    /// <c>UseWebSockets</c> first.
    /// </summary>
    /// <param name="endpoints">The host's.</param>
    /// <param name="pattern">The path, such as <c>/graphql</c>.</param>
    /// <param name="executor">The engine.</param>
    /// <param name="options">How; null for what is usual.</param>
    /// <returns>To add conventions, such as names or permissions.</returns>
    public static IEndpointConventionBuilder MapGraphQL(
        this IEndpointRouteBuilder endpoints, string pattern, RequestExecutor executor, TransportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(executor);
        var door = new RequestDoor(executor, options ?? new TransportOptions());
        var http = new Http.HttpDoor(door);
        var sockets = new Socket.SocketDoor(door);
        return endpoints.Map(pattern, (RequestDelegate)(context => context.WebSockets.IsWebSocketRequest
            ? sockets.ServeAsync(context)
            : http.AnswerAsync(context)));
    }
}
