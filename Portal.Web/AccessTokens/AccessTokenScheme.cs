using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Web.Accounts;
using Portal.Web.Rest.Common;

namespace Portal.Web.AccessTokens;

/// <summary>Signs a request in by its <c>Authorization: Bearer</c> header (RFC 6750) with an access token of the
/// portal.</summary>
public sealed class AccessTokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnownTokens tokens, TokenUses uses,
    SecondFactorDemand demand, NoteWrongAddressHandler wrongAddress)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Name = "AccessToken";

    /// <summary>Type of the claim with the token's id.</summary>
    public const string TokenId = "token_id";

    /// <summary>Type of the claim with what the token may be used for (RFC 8693, section 4.2).</summary>
    public const string Scope = "scope";

    /// <summary>Type of the claim with the only project that exists for the token.</summary>
    public const string Project = "token_project";

    private const string Bearer = "Bearer ";
    private const string Unknown = "The access token is unknown, expired or revoked.";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        var text = header[Bearer.Length..].Trim();
        var token = await tokens.FindAsync(text, Context.RequestAborted);
        if (token is null)
            return AuthenticateResult.Fail(await tokens.WasIssuedAsync(text, Context.RequestAborted)
                ? new OwnTokenException(Unknown) : new AuthenticationFailureException(Unknown));
        var address = Context.Connection.RemoteIpAddress?.ToString();
        if (!token.GoodFrom(address)) return await RefuseHereAsync(token, address);
        if (await demand.IsMissingAsync(token.User, Context.RequestAborted))
            return AuthenticateResult.Fail(new SecondFactorMissingException());
        uses.Note(token.Id, address);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, token.User.Value.ToString("d", CultureInfo.InvariantCulture)),
                new(TokenId, token.Id.ToString()), new(Scope, Scopes.Write(token.Scopes))], Name);
        if (token.Project is { } project) identity.AddClaim(new(Project, project.ToString()));
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    // Its owner is to learn of it: somebody else may have it.
    private async Task<AuthenticateResult> RefuseHereAsync(AccessTokenView token, string? address)
    {
        uses.Note(token.Id, address, refused: true);
        var door = Request.Path.StartsWithSegments("/graphql") ? "graphql" : "rest";
        await wrongAddress.HandleAsync(
            token, new(token.User, token.Shown, door, false, Guid.CreateVersion7(), address), Context.RequestAborted);
        return AuthenticateResult.Fail(new OwnTokenException("The access token is not good from this address."));
    }

    /// <inheritdoc/>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var shown = await HandleAuthenticateOnceSafeAsync();
        await Refusals.WriteAsync(Context, StatusCodes.Status401Unauthorized, [Refuse(Response, shown.Failure)]);
    }

    /// <summary>The token that a principal was made of, as far as it goes; null for a person who is signed in.</summary>
    public static ShownToken? Of(ClaimsPrincipal person) =>
        Guid.TryParseExact(person.FindFirstValue(TokenId), "n", out var id)
            ? new(id, Scopes.Read(person.FindFirstValue(Scope)?.Split(' ') ?? []),
                Id<Domain.Projects.Project>.TryParse(person.FindFirstValue(Project), null, out var project) ? project : null)
            : null;

    /// <summary>What is said to who shows no good token; the header <c>WWW-Authenticate</c> says it too (RFC 6750, 3).</summary>
    /// <param name="response">The answer.</param>
    /// <param name="failure">What is wrong with the token; null if none was shown.</param>
    public static Problem Refuse(HttpResponse response, Exception? failure)
    {
        // Within an open connection there are no headers any more.
        if (!response.HasStarted)
            response.Headers[HeaderNames.WWWAuthenticate] =
                failure is null ? "Bearer realm=\"portal\"" : "Bearer realm=\"portal\", error=\"invalid_token\"";
        if (failure is SecondFactorMissingException) return SecondFactorDemand.Problem;
        return failure is null
            ? new Problem("UNAUTHENTICATED", "This needs an access token.",
                Advice: "Send the header Authorization: Bearer portal_pat_... with a token of yours; `portal login` makes one.")
            : new Problem("TOKEN_INVALID", failure.Message, Advice: "Make a new one with `portal login`.");
    }
}

/// <summary>The token opens nothing, but the portal made it: it is over, was revoked, or is shown in a wrong place. Whoever shows
/// it does not guess.</summary>
/// <param name="message">What is the matter with it.</param>
public class OwnTokenException(string message) : Exception(message);

/// <summary>The token is good, but its owner has no second factor and is asked for one.</summary>
public sealed class SecondFactorMissingException() : OwnTokenException("The owner of this access token has no second factor.");
