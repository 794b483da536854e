using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Portal.Web.Components.Accounts;

namespace Portal.Web.Accounts.Providers;

/// <summary>The way to a provider and back. It begins with a form and its token against forgery, so that nobody is signed in or
/// connected by a link. To connect takes a fresh proof of who is there besides.</summary>
public static class ProviderRoutes
{
    // A page that leads on by itself. On the way there: a form may not lead to another site (form-action 'self'), a page may. On
    // the way back: the cookie of a session is for requests that begin here, and what comes back begins at the provider.
    private const string Bounce =
        """
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
        <meta http-equiv="refresh" content="0;url={0}"><title>Signing in · Portal</title></head>
        <body><p>Signing you in … <a href="{0}">Go on</a></p></body></html>
        """;

    /// <summary>Maps it.</summary>
    public static void MapProviders(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/sign-in/with/{name}", BeginAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/account/providers/connect/{name}", ConnectAsync).RequireAuthorization().ExcludeFromDescription();
        routes.MapGet("/sign-in/arrived", (HttpContext context) => LeadOn(context, "/sign-in/finish"))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/sign-in/finish", FinishAsync).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Where somebody is sent whom a provider did not sign in.</summary>
    public static string Refused(string code, string? provider, bool connects) =>
        (connects ? "/account/providers" : "/sign-in")
        + $"?refused={Uri.EscapeDataString(code)}&by={Uri.EscapeDataString(provider ?? "")}";

    private static Task<IResult> BeginAsync(string name, [FromForm] string? then, HttpContext context, ProviderList providers) =>
        ChallengeAsync(name, context, providers, new() { Items = { ["then"] = Local.Path(then) } });

    private static async Task<IResult> ConnectAsync(string name, [FromForm(Name = PasskeyEndpoints.Proof)] string? proof,
        HttpContext context, ProviderList providers, UserManager<PortalUser> users, Proofs proofs)
    {
        if (await users.GetUserAsync(context.User) is not { } user) return Results.Unauthorized();
        if (await proofs.RefusalAsync(user, proof) is { } refusal)
        {
            var code = refusal.Code == Proofs.IsWrong ? ProviderRefusals.ProofWrong : ProviderRefusals.ProofNeeded;
            return Results.LocalRedirect(Refused(code, name, connects: true));
        }
        return await ChallengeAsync(name, context, providers, new()
        {
            Items = { [ProviderSignIn.Connects] = context.User.FindFirstValue(ClaimTypes.NameIdentifier) },
        });
    }

    private static async Task<IResult> ChallengeAsync(
        string name, HttpContext context, ProviderList providers, AuthenticationProperties properties)
    {
        if (providers.Find(name) is null) return Results.NotFound();
        properties.RedirectUri = "/sign-in/arrived";
        try
        {
            await context.ChallengeAsync(name, properties);
        }
        catch (InvalidOperationException fault)
        {
            // Its metadata cannot be had, or is another issuer's.
            ProviderAnswers.Note(context, name, fault);
            return Results.LocalRedirect(
                Refused(ProviderRefusals.Failed, name, properties.Items.ContainsKey(ProviderSignIn.Connects)));
        }
        // The handler answers with a redirect, which a form may not follow to another site.
        var there = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        context.Response.StatusCode = StatusCodes.Status200OK;
        return LeadOn(context, there);
    }

    private static IResult LeadOn(HttpContext context, string address)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(Bounce.Replace("{0}", HtmlEncoder.Default.Encode(address), StringComparison.Ordinal),
            "text/html; charset=utf-8");
    }

    private static async Task<IResult> FinishAsync(HttpContext context, ProviderSignIn door)
    {
        var held = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        var then = held.Properties?.Items.TryGetValue("then", out var path) == true ? Local.Path(path) : "/";
        var (answer, provider, connected) = await door.FinishAsync(context);
        return Results.LocalRedirect(answer.Refusal is { } refusal ? Refused(refusal, provider?.Name, connected)
            : connected ? "/account/providers"
            : answer.SecondStep ? SecondStepPage.Address(then, stay: false) : then);
    }
}
