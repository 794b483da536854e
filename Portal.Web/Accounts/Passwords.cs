using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts;

/// <summary>Changes the password of who is signed in.</summary>
public sealed class Passwords(UserManager<PortalUser> users, Proofs proofs, SignInChanges changes)
{
    /// <summary>Changes it; every other session ends at once. Wrong present passwords are counted like those at the
    /// door.</summary>
    /// <returns>Null when it is changed; else what is wrong, of the fields <c>current</c> and <c>password</c>.</returns>
    public async Task<IReadOnlyList<Problem>?> ChangeAsync(PortalUser user, string current, string wanted)
    {
        if (await proofs.ByPasswordAsync(user, current) is { } refusal)
            return [new("PASSWORD_WRONG", refusal.Message, "current")];
        return await changes.MakeAsync(user, [SignInChange.PasswordChanged],
            () => users.ChangePasswordAsync(user, current, wanted));
    }
}
