using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Portal.Domain.Common;
using Portal.Web.AccessTokens;

namespace Portal.Web.Edge;

/// <summary>Refuses requests of who asks too much: 429 (RFC 6585, 4) with <c>Retry-After</c>. Static files, health and the
/// messages of open pages are not counted; a WebSocket of GraphQL is when it says who it is, not when it is opened, and again for
/// each operation.</summary>
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
        || context.Request.Path.StartsWithSegments("/_blazor") || context.Request.Path == "/healthz"
        || (context.WebSockets.IsWebSocketRequest && context.Request.Path.StartsWithSegments("/graphql"));

    private static async Task PassAsync(RequestDelegate next, HttpContext context, RateLimits limits)
    {
        if (await RefusalAsync(context, limits) is var (wait, problem)) await RefuseAsync(context, wait, problem);
        else await next(context);
    }

    /// <summary>Counts a request, or a WebSocket that says who it is; what to answer where it is too much.</summary>
    public static async Task<(TimeSpan Wait, Problem Problem)?> RefusalAsync(HttpContext context, RateLimits limits)
    {
        var person = context.User;
        if (context.Request.Headers.Authorization.Count > 0)
        {
            // The answer is kept for the request: whoever asks for it further on asks nobody.
            var shown = await context.AuthenticateAsync(AccessTokenScheme.Name);
            if (shown.Failure is not null and not OwnTokenException)
            {
                Note(context, "a wrong access token");
                if (limits.WrongToken(Sender.AddressOf(context)) is { } rest)
                    return Refusal(rest, "Too many wrong access tokens came from this address.");
            }
            person = shown.Principal;
        }
        return RefusalOf(context, person, limits);
    }

    /// <summary>Counts an operation within a WebSocket; what to answer where it is too much.</summary>
    public static Problem? OperationRefusal(HttpContext context) =>
        RefusalOf(context, context.User, context.RequestServices.GetRequiredService<RateLimits>())?.Problem;

    private static (TimeSpan Wait, Problem Problem)? RefusalOf(HttpContext context, ClaimsPrincipal? person, RateLimits limits)
    {
        var sender = new Sender(person?.FindFirstValue(AccessTokenScheme.TokenId),
            person?.FindFirstValue(ClaimTypes.NameIdentifier), Sender.AddressOf(context));
        if (limits.Ask(sender) is not { } wait) return null;
        Note(context, "too many requests");
        return Refusal(wait, "Too many requests.");
    }

    private static void Note(HttpContext context, string what) =>
        context.RequestServices.GetRequiredService<AttemptLog>().Note(context, what);

    private static (TimeSpan Wait, Problem Problem) Refusal(TimeSpan wait, string message) =>
        (wait, new(Code, message, Advice: $"Wait {Seconds(wait)} s, then go on more slowly."));

    private static string Seconds(TimeSpan wait) => ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static Task RefuseAsync(HttpContext context, TimeSpan wait, Problem problem)
    {
        context.Response.Headers.RetryAfter = Seconds(wait);
        return DoorAnswers.RefuseAsync(context, StatusCodes.Status429TooManyRequests, IsForPrograms(context.Request.Path)
            ? problem : problem with { Advice = $"Wait {Seconds(wait)} s, then load the page again." });
    }

    private static bool IsForPrograms(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/graphql");
}
