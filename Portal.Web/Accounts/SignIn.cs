using Microsoft.AspNetCore.Identity;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>Signs people in by password. One answer and the same work for an unknown address, a wrong password and a locked
/// account, so that nobody learns which addresses have accounts.</summary>
public sealed class SignIn(
    UserManager<PortalUser> users, SignInManager<PortalUser> manager, AddressConfirmation confirmation, RateLimits limits,
    IHttpContextAccessor requests)
{
    /// <summary>What is said when it did not work, whatever the cause.</summary>
    public const string Refusal = "The mail address or the password is not right.";

    /// <summary>Beside it.</summary>
    public const string Advice = "After several wrong tries an account rests for a few minutes.";

    /// <summary>What is said when too many tries from one address went wrong: nothing is tried then.</summary>
    public const string TooMany = "Too many wrong tries came from your address. Wait a minute, then try again.";

    // A hash of nobody's password, made once: checking it costs what checking a real one costs.
    private static readonly Lazy<string> Decoy =
        new(() => new PasswordHasher<PortalUser>().HashPassword(new PortalUser(), Guid.NewGuid().ToString()));

    /// <summary>Signs in and sets the cookie.</summary>
    /// <returns>Null when it worked; else what to say.</returns>
    public async Task<string?> ByPasswordAsync(string mail, string password, bool remember)
    {
        var address = Sender.AddressOf(requests.HttpContext);
        if (!limits.MayTry(address)) return TooMany;
        var (right, said) = await TryAsync(mail, password, remember);
        if (right) return said;
        limits.Wrong(address);
        return Refusal;
    }

    // Whether the password is right; and what keeps its owner out all the same.
    private async Task<(bool Right, string? Said)> TryAsync(string mail, string password, bool remember)
    {
        var user = await users.FindByEmailAsync(mail.Trim());
        if (user is null || await users.IsLockedOutAsync(user))
        {
            new PasswordHasher<PortalUser>().VerifyHashedPassword(new PortalUser(), Decoy.Value, password);
            return (false, null);
        }
        if (await confirmation.IsNeededAsync(user, password, CancellationToken.None)) return (true, AddressConfirmation.Needed);
        return ((await manager.PasswordSignInAsync(user, password, remember, lockoutOnFailure: true)).Succeeded, null);
    }
}
