using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>A cookie that only the portal can read, for a time.</summary>
/// <param name="Name">What it is called (<see cref="CookieNames"/> says with what before it).</param>
/// <param name="Purpose">For what; what is kept for one thing serves nothing else.</param>
/// <param name="What">For which part of that.</param>
/// <param name="Life">For how long.</param>
public sealed record SealedCookie(string Name, string Purpose, string What, TimeSpan Life);

/// <summary>Keeps values in such cookies of the present request: no script of a page reads them, and no other site's page sends
/// them.</summary>
public sealed class SealedCookies(IDataProtectionProvider protection, IHttpContextAccessor requests, CookieNames names)
{
    private HttpContext Http => requests.HttpContext!;

    /// <summary>Keeps a value.</summary>
    public void Keep(SealedCookie cookie, string value) => Http.Response.Cookies.Append(
        names.Of(cookie.Name), ProtectorOf(cookie).Protect(value, cookie.Life), Options(cookie));

    /// <summary>The value that is kept; null if there is none, it is not ours, or its time is up.</summary>
    public string? Read(SealedCookie cookie)
    {
        try
        {
            return Http.Request.Cookies[names.Of(cookie.Name)] is { } kept ? ProtectorOf(cookie).Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Forgets it.</summary>
    public void Forget(SealedCookie cookie) => Http.Response.Cookies.Delete(names.Of(cookie.Name), Options(cookie));

    private ITimeLimitedDataProtector ProtectorOf(SealedCookie cookie) =>
        protection.CreateProtector(cookie.Purpose, cookie.What).ToTimeLimitedDataProtector();

    private CookieOptions Options(SealedCookie cookie) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = names.Secure || Http.Request.IsHttps,
        MaxAge = cookie.Life, IsEssential = true,
    };
}
