using Microsoft.AspNetCore.Antiforgery;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.AccessTokens;

/// <summary>A token as its owner's list shows it; its text is never shown again.</summary>
public sealed record TokenBody(Id<AccessToken> Id, string Name, DateTimeOffset IssuedAt, DateTimeOffset Expires);

/// <summary>Asks for a token.</summary>
/// <param name="Name">The program or the place it is for.</param>
/// <param name="Days">How many days it shall live, at most 366; 90 when left out.</param>
public sealed record NewToken(string Name, int Days = 90);

/// <summary>A token just made: the only time that its text is seen.</summary>
public sealed record NewTokenBody(Id<AccessToken> Id, string Token, DateTimeOffset Expires);

/// <summary>Access tokens.</summary>
public static class TokensApi
{
    /// <summary>Maps what a token may do with tokens: look, and take back.</summary>
    public static void MapTokens(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/tokens").WithTags("Access tokens");
        group.MapGet("", List).WithSummary("Your access tokens.").WithName("listTokens");
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

    private static async Task<Page<TokenBody>> List(HttpContext context, ListAccessTokensHandler tokens,
        CancellationToken cancel) =>
        new([.. (await tokens.HandleAsync(RestCaller.Of(context), cancel))
            .Select(token => new TokenBody(token.Id, token.Name, token.IssuedAt, token.Expires))], null);

    private static async Task<IResult> Revoke(HttpContext context, Id<AccessToken> id, RevokeAccessTokenHandler tokens,
        CancellationToken cancel) =>
        (await tokens.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(_ => (IResult)TypedResults.NoContent());

    private static async Task<IResult> Make(HttpContext context, NewToken body, IAntiforgery forgery,
        IssueAccessTokenHandler tokens, IChance chance, CancellationToken cancel)
    {
        if (!await forgery.IsRequestValidAsync(context))
            return Refusals.Refuse([new("FORBIDDEN", "The header RequestVerificationToken is missing or is not of this session.",
                Advice: "Take it from the hidden field __RequestVerificationToken of a page of this session.")]);
        if (body.Days is < 1 or > 366) return Refusals.Refuse([Problem.Invalid("days", "A token lives 1 to 366 days.")]);
        var caller = RestCaller.Of(context);
        var issued = await tokens.HandleAsync(caller, new(new(chance.NewGuid()), body.Name, TimeSpan.FromDays(body.Days)),
            cancel);
        context.Response.Headers.CacheControl = "no-store";
        return issued.Answered(token =>
            (IResult)TypedResults.Created((string?)null, new NewTokenBody(token.Id, token.Text, token.Expires)));
    }
}
