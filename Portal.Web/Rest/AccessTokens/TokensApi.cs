using System.ComponentModel;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Edge;
using Portal.Web.Rest.Common;
using AllScopes = Portal.Domain.AccessTokens.Scopes;

namespace Portal.Web.Rest.AccessTokens;

/// <summary>A token as its owner's list shows it; its text is never shown again.</summary>
public sealed record TokenBody(Id<AccessToken> Id, string Name, DateTimeOffset IssuedAt, DateTimeOffset Expires,
    IReadOnlyList<string> Scopes, Id<Project>? Project, IReadOnlyList<string> Addresses, DateTimeOffset? LastUsedAt, string? LastUsedFrom,
    [property: Description("When it was shown last from an address that it is not good from.")] DateTimeOffset? LastRefusedAt,
    string? LastRefusedFrom)
{
    /// <summary>From what the handler lists.</summary>
    public static TokenBody Of(ListedAccessToken token) => new(token.View.Id, token.View.Name, token.View.IssuedAt, token.View.Expires,
        AllScopes.Names(token.View.Scopes), token.View.Project, token.View.Addresses, token.LastUse?.At,
        token.LastUse?.Address, token.LastRefused?.At, token.LastRefused?.Address);
}

/// <summary>Asks for a token.</summary>
/// <param name="Name">The client: the program or the place that it is for.</param>
/// <param name="Days">How many days it shall live; the longest depends on the scopes. Left out, at most 90.</param>
/// <param name="Scopes">What it may be used for, like <c>get_job_status</c>; left out, everything.</param>
/// <param name="Project">The only project that shall exist for it; left out, all of yours.</param>
/// <param name="Addresses">Ranges of addresses that it is good from; left out, everywhere.</param>
public sealed record NewToken(string Name, int? Days = null, IReadOnlyList<string>? Scopes = null, Id<Project>? Project = null,
    IReadOnlyList<string>? Addresses = null);

/// <summary>A token just made: the only time that its text is seen.</summary>
public sealed record NewTokenBody(Id<AccessToken> Id, string Token, DateTimeOffset Expires, IReadOnlyList<string> Scopes);

/// <summary>Tokens that were taken back.</summary>
public sealed record RevokedTokens(IReadOnlyList<Id<AccessToken>> Revoked);

/// <summary>Access tokens.</summary>
public static class TokensApi
{
    /// <summary>Maps what a token may do with tokens: look, and take back.</summary>
    public static void MapTokens(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/tokens").WithTags("Access tokens");
        group.MapGet("", List).WithSummary("Your access tokens.").WithName("listTokens").Produces<Page<TokenBody>>();
        group.MapDelete("", RevokeClient).WithSummary("Take all tokens of a client back.").WithName("revokeTokensOfClient")
            .Produces<RevokedTokens>().WithDescription("The client is the name that the tokens were made for.");
        group.MapDelete("/{id}", Revoke).WithSummary("Take a token back.").WithName("revokeToken")
            .Produces(StatusCodes.Status204NoContent)
            .WithDescription("It is worth nothing from then on, two seconds later at the latest.");
    }

    /// <summary>Maps the making of a token, which is for people: the one route that a browser's session opens.</summary>
    public static void MapNewToken(this RouteGroupBuilder api) =>
        api.MapPost("/tokens", Make).WithTags("Access tokens").WithSummary("Make a token, in person.").WithName("makeToken")
            .WithDescription("Needs a signed-in session and the header RequestVerificationToken with the value of the hidden "
                + "field of that name's form in any page of the session; a token cannot make tokens.")
            .Produces<NewTokenBody>(StatusCodes.Status201Created);

    private static async Task<IResult> List(HttpContext context, ListAccessTokensHandler tokens, CancellationToken cancel) =>
        (await tokens.HandleAsync(RestCaller.Of(context), cancel))
            .Answered(all => new Page<TokenBody>([.. all.Select(TokenBody.Of)], null));

    private static async Task<IResult> Revoke(HttpContext context, Id<AccessToken> id, RevokeAccessTokenHandler tokens,
        CancellationToken cancel) =>
        (await tokens.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(_ => (IResult)TypedResults.NoContent());

    private static async Task<IResult> RevokeClient(
        HttpContext context, string client, RevokeAccessTokenHandler tokens, CancellationToken cancel) =>
        (await tokens.HandleAsync(RestCaller.Of(context), client, cancel)).Answered(revoked => new RevokedTokens(revoked));

    private static async Task<IResult> Make(HttpContext context, NewToken body,
        IssueAccessTokenHandler tokens, TokenRules rules, IChance chance, CancellationToken cancel)
    {
        if (!await ForgeryDoor.IsGenuineAsync(context))
            return Refusals.Refuse([new("FORBIDDEN", "The header RequestVerificationToken is missing or is not of this session.",
                Advice: "Take it from the hidden field __RequestVerificationToken of a page of this session.")]);
        var scopes = body.Scopes is null ? null : Scopes.Parse(body.Scopes);
        if (scopes is { Problems: { } problems }) return Refusals.Refuse(problems);
        var terms = rules.Terms(body.Name, scopes?.Value, body.Project, body.Addresses, body.Days);
        var issued = await tokens.HandleAsync(RestCaller.Of(context), new(new(chance.NewGuid()), terms), cancel);
        context.Response.Headers.CacheControl = "no-store";
        return issued.Answered(token => (IResult)TypedResults.Created((string?)null,
            new NewTokenBody(token.Id, token.Text, token.Expires, Scopes.Names(token.Scopes))));
    }
}
