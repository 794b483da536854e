using Microsoft.AspNetCore.Mvc;
using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Accounts;
using Portal.Web.Rest;

namespace Portal.Web.OAuth;

/// <summary>OAuth's door for programs without a browser: the device grant (RFC 8628), introspection (RFC 7662), revocation (RFC 7009)
/// and where to find them (RFC 8414). Programs are public clients: they have a name, and no secret.</summary>
public static class OAuthApi
{
    /// <summary>What paths begin with.</summary>
    public const string Root = "/oauth";

    /// <summary>Where servers tell what they have.</summary>
    public const string WellKnown = "/.well-known/oauth-authorization-server";

    /// <summary>The device grant's name.</summary>
    public const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    private const int LargestForm = 16 << 10;

    /// <summary>Maps its routes.</summary>
    public static void MapOAuth(this WebApplication app)
    {
        var door = app.MapGroup(Root).WithMetadata(new RequestSizeLimitAttribute(LargestForm)).DisableAntiforgery().ExcludeFromDescription();
        door.MapPost("/device_authorization", AskAsync);
        door.MapPost("/token", FetchAsync);
        door.MapPost("/revoke", RevokeAsync);
        door.MapPost("/introspect", IntrospectAsync).RequireAuthorization(RestServices.ByToken);
        app.MapGet(WellKnown, Tell).ExcludeFromDescription();
    }

    private static async Task<IResult> AskAsync(HttpContext context, AskForTokenHandler devices, CancellationToken cancel)
    {
        if (await FormAsync(context, "client_id", cancel) is not { } form) return Refuse("invalid_request", "The form needs client_id: the program's name.");
        var scopes = form["scope"].ToString() is { Length: > 0 } asked
            ? Scopes.Parse(asked.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : null;
        if (scopes is { Problems: [var unknown, ..] }) return Refuse("invalid_scope", Words(unknown));
        Id<Project>? project = null;
        if (form["project"].ToString() is { Length: > 0 } named)
        {
            if (!Id<Project>.TryParse(named, out var id)) return Refuse("invalid_request", "A project's id is 32 hex digits.");
            project = id;
        }
        int? days = null;
        if (form["days"].ToString() is { Length: > 0 } number)
        {
            if (!int.TryParse(number, out var read)) return Refuse("invalid_request", "days is a whole number.");
            days = read;
        }
        var made = await devices.HandleAsync(CallerFactory.Of(context, "rest"),
            new(form["client_id"].ToString(), scopes?.Value, project, form["reason"].ToString(), days), cancel);
        if (!made.Ok) return Refuse(made.Problems[0].Field == "scopes" ? "invalid_scope" : "invalid_request", Words(made.Problems[0]));
        var page = $"{Base(context)}/device";
        var (device, request) = made.Value;
        return Answer(new DeviceAuthorization(device, request.ShownCode, page, $"{page}?code={request.ShownCode}",
            (int)DeviceRequest.Life.TotalSeconds, (int)DeviceRequest.Interval.TotalSeconds));
    }

    private static async Task<IResult> FetchAsync(HttpContext context, FetchTokenHandler devices, TimeProvider time, CancellationToken cancel)
    {
        if (await FormAsync(context, "grant_type", cancel) is not { } form) return Refuse("invalid_request", "The form needs grant_type.");
        if (form["grant_type"] != DeviceGrant) return Refuse("unsupported_grant_type", $"There is one grant here: {DeviceGrant}.");
        if (form["device_code"].ToString() is not { Length: > 0 } code) return Refuse("invalid_request", "The form needs device_code.");
        var client = form["client_id"].ToString() is { Length: > 0 } named ? named : null;
        var got = await devices.HandleAsync(CallerFactory.Of(context, "rest"), code, client, cancel);
        return got.Ok
            ? Answer(new TokenAnswer(got.Value.Text, "Bearer", (long)(got.Value.Expires - time.GetUtcNow()).TotalSeconds, Scopes.Write(got.Value.Scopes)))
            : Refuse(got.Problems[0].Code, Words(got.Problems[0]));
    }

    // Whether there was such a token is nobody's business (RFC 7009, section 2.2).
    private static async Task<IResult> RevokeAsync(HttpContext context, RevokeAccessTokenHandler tokens, CancellationToken cancel)
    {
        if (await FormAsync(context, "token", cancel) is not { } form) return Refuse("invalid_request", "The form needs token.");
        await tokens.ShownAsync(CallerFactory.Of(context, "rest"), form["token"].ToString(), cancel);
        return Results.Ok();
    }

    private static async Task<IResult> IntrospectAsync(HttpContext context, IntrospectAccessTokenHandler tokens, CancellationToken cancel)
    {
        if (await FormAsync(context, "token", cancel) is not { } form) return Refuse("invalid_request", "The form needs token.");
        var token = await tokens.HandleAsync(CallerFactory.Of(context, "rest"), form["token"].ToString(), cancel);
        return Answer(token is null ? new Introspection(false) : new Introspection(true, Scopes.Write(token.Scopes), token.Name, "Bearer",
            token.Expires.ToUnixTimeSeconds(), token.IssuedAt.ToUnixTimeSeconds(), token.User.ToString(), token.Id.ToString(),
            token.Project?.ToString()));
    }

    private static IResult Tell(HttpContext context)
    {
        var at = Base(context);
        return TypedResults.Ok(new ServerMetadata(at, $"{at}{Root}/device_authorization", $"{at}{Root}/token", $"{at}{Root}/introspect",
            $"{at}{Root}/revoke", Scopes.Names(Scopes.All), [], [DeviceGrant], ["none"]));
    }

    // RFC 6749, section 3.2: what is sent twice is refused, what is empty counts as not sent.
    private static async Task<IFormCollection?> FormAsync(HttpContext context, string needed, CancellationToken cancel)
    {
        if (!context.Request.HasFormContentType) return null;
        var form = await context.Request.ReadFormAsync(cancel);
        return form.All(field => field.Value.Count == 1) && form[needed].ToString().Length > 0 ? form : null;
    }

    private static string Base(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";

    private static string Words(Problem problem) => problem.Advice is null ? problem.Message : $"{problem.Message} {problem.Advice}";

    private static IResult Answer<T>(T body) => new Uncached(TypedResults.Ok(body));

    private static IResult Refuse(string error, string description) => new Uncached(TypedResults.BadRequest(new OAuthError(error, description)));

    // RFC 6749, section 5.1: nobody keeps a copy on the way.
    private sealed class Uncached(IResult inner) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            return inner.ExecuteAsync(httpContext);
        }
    }
}
