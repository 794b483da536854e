namespace Portal.Web.Accounts;

/// <summary>A browser that somebody signed in with: it has a cookie that says so. Whoever tries their password from there is not
/// kept out by guesses that others make, from the same address or elsewhere; their own tries are counted by the device.</summary>
public sealed class KnownDevice(SealedCookies cookies)
{
    private static readonly SealedCookie Cookie =
        new("portal-device", "Portal.Accounts.Device", "known", TimeSpan.FromDays(90));

    /// <summary>Whether the browser is known, of whomever.</summary>
    public bool IsAny => cookies.Read(Cookie) is not null;

    /// <summary>What its tries at an account are counted by; null where it is not that account's.</summary>
    /// <param name="user">Whose account.</param>
    public string? CountedOf(Guid user) =>
        cookies.Read(Cookie)?.Split(' ') is [var whose, var device] && whose == $"{user:n}" ? $"device {device}" : null;

    /// <summary>Remembers that somebody signed in here; who did before is forgotten.</summary>
    /// <param name="user">Who.</param>
    public void Remember(Guid user) => cookies.Keep(Cookie, $"{user:n} {Guid.NewGuid():n}");
}
