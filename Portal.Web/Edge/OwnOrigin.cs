using Portal.Web.Accounts;

namespace Portal.Web.Edge;

/// <summary>Refuses what pages of other sites would send to the pages' own connection (RFC 6455, section 10.2): it is a
/// WebSocket, to which no browser applies the rules of other requests. And to where a link's secret is kept.</summary>
public static class OwnOrigin
{
    /// <summary>Puts it in place. A proxy that does not pass <c>Host</c> on is made up for by the configured address.</summary>
    public static void UseOwnOrigin(this WebApplication app, string address) =>
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/_blazor") || context.Request.Path == LinkSecrets.Path, door => door.Use(next => async context =>
        {
            if (IsOwn(context.Request, address))
            {
                await next(context);
                return;
            }
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync("A page of another site may not connect here. Where this is the portal's own page, "
                + "a proxy in front hides its name: let it pass the header Host on, or set Portal:Address.");
        }));

    /// <summary>Whether an origin is that of the configured address.</summary>
    public static bool IsOf(string address, string origin) =>
        Uri.TryCreate(address, UriKind.Absolute, out var own) && Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && own.Scheme == page.Scheme && string.Equals(own.Authority, page.Authority, StringComparison.OrdinalIgnoreCase);

    // Programs that are no browsers name no origin, and have no cookie that somebody lent them.
    private static bool IsOwn(HttpRequest request, string address) =>
        request.Headers.Origin is not [{ } origin]
        || request.Headers["Sec-Fetch-Site"] is ["same-origin"]
        || IsOf(address, origin)
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
