using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>Keeps what the portal has to remember between asking for a passkey and getting its answer: in a cookie that only
/// the portal can read, for five minutes. Identity's own place for it is the cookie of the second step, which would be
/// lost.</summary>
public sealed class PasskeyState(
    IDataProtectionProvider protection, IHttpContextAccessor requests, CookieNames names)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private string Cookie => names.Of("portal-passkey");

    private HttpContext Http => requests.HttpContext!;

    /// <summary>Keeps a state.</summary>
    /// <param name="what">What it is for: a state for one thing serves nothing else.</param>
    /// <param name="state">The state.</param>
    public void Keep(string what, string state) =>
        Http.Response.Cookies.Append(Cookie, ProtectorOf(what).Protect(state, Life), Options());

    /// <summary>Takes the state out; null if there is none, or its time is up.</summary>
    public string? Take(string what)
    {
        Http.Response.Cookies.Delete(Cookie, Options());
        try
        {
            return Http.Request.Cookies[Cookie] is { } kept ? ProtectorOf(what).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector ProtectorOf(string what) =>
        protection.CreateProtector("Portal.Accounts.Passkeys", what).ToTimeLimitedDataProtector();

    private CookieOptions Options() => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = names.Secure || Http.Request.IsHttps,
        MaxAge = Life, IsEssential = true,
    };
}
