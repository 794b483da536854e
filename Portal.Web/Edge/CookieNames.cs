namespace Portal.Web.Edge;

/// <summary>What the portal's cookies are called: over https with the prefix <c>__Host-</c> (RFC 6265bis, section 4.1.3.2), so
/// that a browser takes them from this host alone, by TLS, for all of it. It is chosen by the configuration and not by the
/// request: else a session would be lost whenever one came otherwise.</summary>
/// <param name="Secure">Whether people reach the portal by https.</param>
public sealed record CookieNames(bool Secure)
{
    private const string Prefix = "__Host-";

    /// <summary>The whole name.</summary>
    public string Of(string name) => Secure ? Prefix + name : name;

    /// <summary>Sets name, place and safety of a cookie that nobody else is to have.</summary>
    public void Name(CookieBuilder cookie, string name, SameSiteMode sameSite)
    {
        (cookie.Name, cookie.HttpOnly, cookie.SameSite) = (Of(name), true, sameSite);
        cookie.SecurePolicy = Secure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        if (Secure) cookie.Path = "/";
    }

    /// <summary>What a script of the pages keeps (shell.js): a wish, which is under either name.</summary>
    public static string? Wish(HttpRequest request, string name) => request.Cookies[Prefix + name] ?? request.Cookies[name];
}
