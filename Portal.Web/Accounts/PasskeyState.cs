namespace Portal.Web.Accounts;

/// <summary>Keeps what the portal has to remember between asking for a passkey and getting its answer, for five minutes. Identity's
/// own place for it is the cookie of the second step, which would be lost.</summary>
public sealed class PasskeyState(SealedCookies cookies)
{
    /// <summary>Keeps a state.</summary>
    /// <param name="what">What it is for: a state for one thing serves nothing else.</param>
    /// <param name="state">The state.</param>
    public void Keep(string what, string state) => cookies.Keep(Cookie(what), state);

    /// <summary>Takes the state out; null if there is none, or its time is up.</summary>
    public string? Take(string what)
    {
        cookies.Forget(Cookie(what));
        return cookies.Read(Cookie(what));
    }

    private static SealedCookie Cookie(string what) =>
        new("portal-passkey", "Portal.Accounts.Passkeys", what, TimeSpan.FromMinutes(5));
}
