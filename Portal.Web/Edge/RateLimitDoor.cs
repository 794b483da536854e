using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Portal.Web.AccessTokens;
using Portal.Web.Rest.Common;

namespace Portal.Web.Edge;

/// <summary>Refuses requests of who asks too much: 429 (RFC 6585, 4) with <c>Retry-After</c>. Static files, health and the
/// messages of open pages are not counted.</summary>
public static class RateLimitDoor
{
    /// <summary>The code of the refusal.</summary>
    public const string Code = "RATE_LIMITED";

    /// <summary>Puts it in place: behind the sign-in of pages, before whatever costs something.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.Use(next => context => IsFree(context) ? next(context) : PassAsync(next, context, limits));
    }

    private static bool IsFree(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || context.Request.Path.StartsWithSegments("/_blazor") || context.Request.Path == "/healthz";

    private static async Task PassAsync(RequestDelegate next, HttpContext context, RateLimits limits)
    {
        var (person, address) = (context.User, Sender.AddressOf(context));
        if (context.Request.Headers.Authorization.Count > 0)
        {
            // The answer is kept for the request: whoever asks for it further on asks nobody.
            var shown = await context.AuthenticateAsync(AccessTokenScheme.Name);
            if (shown.Failure is not null && limits.Wrong(address) is { } rest)
            {
                await RefuseAsync(context, rest, "Too many wrong access tokens came from this address.");
                return;
            }
            person = shown.Principal;
        }
        var sender = new Sender(
            person?.FindFirstValue(AccessTokenScheme.TokenId), person?.FindFirstValue(ClaimTypes.NameIdentifier), address);
        if (limits.Ask(sender) is { } wait)
            await RefuseAsync(context, wait, "Too many requests.");
        else
            await next(context);
    }

    private static Task RefuseAsync(HttpContext context, TimeSpan wait, string message)
    {
        var seconds = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var advice = $"Wait {seconds} s, as the header Retry-After says, then go on more slowly.";
        context.Response.Headers.RetryAfter = seconds;
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.Path.StartsWithSegments("/api"))
            return Refusals.WriteAsync(context, StatusCodes.Status429TooManyRequests, [new(Code, message, Advice: advice)]);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return context.Request.Path.StartsWithSegments("/graphql")
            ? context.Response.WriteAsJsonAsync(new
            {
                errors = (object[])[new { message, extensions = new { code = Code, advice } }],
            }, options: null, "application/graphql-response+json")
            : context.Response.WriteAsync($"{message} Wait {seconds} s, then load the page again.");
    }
}
