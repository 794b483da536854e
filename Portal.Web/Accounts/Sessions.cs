using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Web.Accounts;

/// <summary>Sign-ins by cookie, each with an id in its ticket and among its claims, so that requests, open pages and what is
/// followed end when the person signs out, ends the session from elsewhere, changes the password or is shut out, on whichever
/// node that happens.</summary>
public sealed class Sessions(
    SessionTable table, IDocuments documents, SignInNotes notes, IOptions<IdentityOptions> identity, TimeProvider time)
{
    /// <summary>Type of the claim with the session's id.</summary>
    public const string Claim = "session";

    private const int LongestClient = 400;

    private readonly Beliefs<string> stamps = new(time);

    /// <summary>The session of who is signed in by a cookie; null for everybody else.</summary>
    public static Guid? Of(ClaimsPrincipal person) =>
        Guid.TryParseExact(person.FindFirstValue(Claim), "n", out var id) ? id : null;

    /// <summary>The account's stamp, as the cookie has it.</summary>
    public string? StampOf(ClaimsPrincipal person) => person.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);

    /// <summary>Begins a session, or goes on with one whose cookie is renewed. Whoever was signed in here before is not any
    /// more.</summary>
    public async Task BeginAsync(CookieSigningInContext context)
    {
        if (context.Principal is not { Identity: ClaimsIdentity claims } person || UserOf(person) is not { } user) return;
        var cancel = context.HttpContext.RequestAborted;
        Guid? before = context.Properties.Items.TryGetValue(Claim, out var known)
            && Guid.TryParseExact(known, "n", out var kept) ? kept : null;
        var id = before ?? new Guid(RandomNumberGenerator.GetBytes(16));
        if (Of(context.HttpContext.User) is { } other && other != id) await EndAsync(context.HttpContext, cancel);
        context.Properties.Items[Claim] = $"{id:n}";
        claims.AddClaim(new(Claim, $"{id:n}"));
        var client = context.HttpContext.Request.Headers.UserAgent.ToString();
        await table.BeginAsync(id, user, StampOf(person) ?? "", client[..Math.Min(client.Length, LongestClient)],
            AddressOf(context.HttpContext), cancel);
        if (before is null)
            await notes.BeganAsync(CallerFactory.From(person, "page", AddressOf(context.HttpContext)), new(id), WayOf(person), cancel);
    }

    /// <summary>Whether the session of a request goes on; then what Identity looks at. The cookie of an ended one is left where it
    /// is: by the time this answer arrives, the browser may have a new one in its place.</summary>
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        if (!await GoesOnAsync(context.Principal!, AddressOf(http), http.RequestAborted))
        {
            context.RejectPrincipal();
            return;
        }
        await SecurityStampValidator.ValidatePrincipalAsync(context);
        // A picture that arrives late must not put the cookie of before in the place of one that a form has brought meanwhile: only
        // what the browser opens as a page renews it.
        context.ShouldRenew &= http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
    }

    /// <summary>Keeps the session's id, and how it began, when Identity looks up the other claims anew.</summary>
    public static Task KeepAsync(SecurityStampRefreshingPrincipalContext context)
    {
        if (context is { NewPrincipal.Identity: ClaimsIdentity claims, CurrentPrincipal: { } before } && Of(before) is { } id)
        {
            claims.AddClaim(new(Claim, $"{id:n}"));
            claims.AddClaims(before.FindAll(SecondFactorDemand.Method));
        }
        return Task.CompletedTask;
    }

    /// <summary>Notes that the session of a request is over: its owner signs out.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken cancel)
    {
        if (Of(context.User) is not { } id || UserOf(context.User) is not { } user) return;
        await table.EndAsync(new(user), [new(id)], cancel);
        await notes.LeftAsync(CallerFactory.Of(context, "page"), new(id), cancel);
    }

    /// <summary>Whether the session that a request came with goes on; an answer may be two seconds old.</summary>
    public async ValueTask<bool> GoesOnAsync(HttpContext context, CancellationToken cancel)
    {
        var ticket = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return ticket.Succeeded && !(ticket.Properties.ExpiresUtc < time.GetUtcNow())
            && await GoesOnAsync(ticket.Principal, AddressOf(context), cancel);
    }

    // The stamp is part of the question: a renewed cookie is not measured by what was believed of the one before.
    private async ValueTask<bool> GoesOnAsync(ClaimsPrincipal person, string? address, CancellationToken cancel) =>
        Of(person) is { } id && UserOf(person) is { } user && StampOf(person) is { } stamp
        && await stamps.FindAsync($"{id:n} {stamp}", async () =>
            !await documents.IsDisabledAsync(new(user), cancel) && await table.SeenAsync(id, user, address, cancel) == stamp
                ? stamp : null) is not null;

    private static SignInWay WayOf(ClaimsPrincipal person) => person.HasClaim(claim => claim.Type == ClaimTypes.AuthenticationMethod)
        ? SignInWay.Provider
        : person.FindFirstValue(SecondFactorDemand.Method) switch
        {
            "mfa" => SignInWay.Code,
            "hwk" => SignInWay.Passkey,
            _ => SignInWay.Password,
        };

    private static Guid? UserOf(ClaimsPrincipal person) =>
        Guid.TryParse(person.FindFirstValue(ClaimTypes.NameIdentifier), out var user) ? user : null;

    private static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString();
}

/// <summary>Whether somebody is shut out.</summary>
public static class Standings
{
    /// <summary>Whether an administrator disabled the account.</summary>
    public static async Task<bool> IsDisabledAsync(this IDocuments documents, Id<User> user, CancellationToken cancel) =>
        await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { Disabled: true };
}
