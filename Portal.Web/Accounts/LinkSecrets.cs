using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Portal.Domain.Projects;
using Portal.Web.Edge;
using Portal.Web.Mail;

namespace Portal.Web.Accounts;

/// <summary>Keeps the secret of a link (an invitation, an address to be confirmed, a new password) for an hour, so that it outlives
/// signing in: in a cookie that only the portal can read, and no script. It comes from behind the hash sign of the address, which no
/// browser sends; wwwroot/js/shell.js brings it here and takes it out of the address.</summary>
public sealed class LinkSecrets(IDataProtectionProvider protection, IHttpContextAccessor requests, CookieNames names)
{
    /// <summary>Where a page's script brings one.</summary>
    public const string Path = "/links";

    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    // What a secret begins with, and what its cookie is called.
    private static readonly Dictionary<string, string> Kinds = new()
    {
        [InvitationSecret.Prefix] = "portal-invitation", [MailLink.ConfirmPrefix] = "portal-mail", [MailLink.ResetPrefix] = "portal-reset",
    };

    private HttpContext Http => requests.HttpContext!;

    /// <summary>Maps the place.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(Path, ([FromBody] LinkSecret given, LinkSecrets links) =>
            links.Keep(given.Secret) ? Results.NoContent() : Results.BadRequest()).ExcludeFromDescription();

    /// <summary>Keeps one; false for what is none.</summary>
    public bool Keep(string? secret)
    {
        if (secret is not { Length: <= 2000 } || Kinds.Keys.FirstOrDefault(known => secret.StartsWith(known, StringComparison.Ordinal))
            is not { } prefix) return false;
        Http.Response.Cookies.Append(names.Of(Kinds[prefix]), ProtectorOf(prefix).Protect(secret, Life), Options());
        return true;
    }

    /// <summary>The secret that is kept of this kind; null if there is none, or its time is up.</summary>
    /// <param name="prefix">What it begins with.</param>
    public string? Of(string prefix)
    {
        try
        {
            return Http.Request.Cookies[names.Of(Kinds[prefix])] is { } kept ? ProtectorOf(prefix).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Forgets one that is of no use any more.</summary>
    public void Forget(string prefix) => Http.Response.Cookies.Delete(names.Of(Kinds[prefix]), Options());

    /// <summary>Forgets all, as somebody signs out.</summary>
    public void Forget()
    {
        foreach (var prefix in Kinds.Keys) Forget(prefix);
    }

    private ITimeLimitedDataProtector ProtectorOf(string prefix) =>
        protection.CreateProtector("Portal.Accounts.Links", prefix).ToTimeLimitedDataProtector();

    private CookieOptions Options() => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = names.Secure || Http.Request.IsHttps,
        MaxAge = Life, IsEssential = true,
    };
}

/// <summary>What a page's script brings.</summary>
/// <param name="Secret">What stood behind the hash sign, without it.</param>
public sealed record LinkSecret(string? Secret);
