using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Portal.Web.Components.Accounts;

namespace Portal.Web.Accounts.Providers;

/// <summary>The way to a provider and back. All of it is GET: a form may not lead to another site (<c>form-action 'self'</c>). To
/// connect a provider takes the session, whose cookie comes with no request that another site begins.</summary>
public static class ProviderRoutes
{
    // The cookie of a session is for requests that begin here. What comes back begins at the provider, so a page of ours goes on.
    private const string Bounce =
        """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
        <meta http-equiv="refresh" content="0;url=/sign-in/finish"><title>Signing in · Portal</title></head>
        <body><p>Signing you in … <a href="/sign-in/finish">Go on</a></p></body></html>
        """;

    /// <summary>Maps it.</summary>
    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in/with/{name}", Begin).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/account/providers/connect/{name}", Connect).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet("/sign-in/arrived", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            return Results.Content(Bounce, "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/sign-in/finish", FinishAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Where somebody is sent whom a provider did not sign in.</summary>
    public static string Refused(string code, string? provider, bool connects) =>
        (connects ? "/account/providers" : "/sign-in")
        + $"?refused={Uri.EscapeDataString(code)}&by={Uri.EscapeDataString(provider ?? "")}";

    private static IResult Begin(string name, string? then, ProviderList providers) =>
        Challenge(name, providers, new() { Items = { ["then"] = Local.Path(then) } });

    private static IResult Connect(string name, HttpContext context, ProviderList providers) =>
        Challenge(name, providers, new()
        {
            Items = { [ProviderSignIn.Connects] = context.User.FindFirstValue(ClaimTypes.NameIdentifier) },
        });

    private static IResult Challenge(string name, ProviderList providers, AuthenticationProperties properties)
    {
        if (providers.Find(name) is null) return Results.NotFound();
        properties.RedirectUri = "/sign-in/arrived";
        return Results.Challenge(properties, [name]);
    }

    private static async Task<IResult> FinishAsync(HttpContext context, ProviderSignIn door)
    {
        var held = await context.AuthenticateAsync(Microsoft.AspNetCore.Identity.IdentityConstants.ExternalScheme);
        var then = held.Properties?.Items.TryGetValue("then", out var path) == true ? Local.Path(path) : "/";
        var (refusal, provider, connected) = await door.FinishAsync(context);
        return Results.LocalRedirect(refusal is not null ? Refused(refusal, provider?.Name, connected)
            : connected ? "/account/providers" : then);
    }
}
