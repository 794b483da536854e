using Microsoft.AspNetCore.Identity;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Edge;
using Portal.Web.Mail;

namespace Portal.Web.Accounts;

/// <summary>Gives an account another password by a mail's link. Every session ends, since the account's stamp is another one;
/// second factors stay, and nobody is signed in by it.</summary>
public sealed class PasswordReset(
    UserManager<PortalUser> users, AccountMail mail, WrongTries tries, ChangeSignInHandler changes,
    RevokeAccessTokenHandler tokens, IChance chance, IHttpContextAccessor requests)
{
    /// <summary>Sets it. The link is used up by that; a password that is too weak leaves it good.</summary>
    /// <param name="secret">The link's secret.</param>
    /// <param name="password">The new password.</param>
    /// <param name="keepTokens">Whether access tokens stay: whoever knew the old password may have made some.</param>
    /// <returns>What stands in the way; nothing when it is done.</returns>
    public async Task<IReadOnlyList<Problem>> ResetAsync(string? secret, string password, bool keepTokens)
    {
        if (!MailLink.TryRead(MailLink.ResetPrefix, secret, out var id, out var token)
            || await users.FindByIdAsync($"{id}") is not { } user) return [Over];
        var done = await users.ResetPasswordAsync(user, token, password);
        if (!done.Succeeded)
            return [.. done.Errors.Select(error => error.Code == "InvalidToken" ? Over : Registration.Problem(error))
                .DistinctBy(problem => problem.Code)];
        // The mail arrived: the address is theirs. And who guessed at the old password locks out nobody from the new one.
        if (!user.EmailConfirmed)
        {
            user.EmailConfirmed = true;
            await users.UpdateAsync(user);
        }
        var request = requests.HttpContext;
        await tries.ForgetAsync(TrySubject.Password(users.NormalizeEmail(user.Email)!), Sender.AddressOf(request), CancellationToken.None);
        var owner = new Caller(new(user.Id), null, "page", false, chance.NewGuid(), request?.Connection.RemoteIpAddress?.ToString());
        await changes.HandleAsync(owner, [SignInChange.PasswordChanged], CancellationToken.None);
        if (!keepTokens && await tokens.HandleAllAsync(owner, CancellationToken.None) is { Ok: false } kept) return kept.Problems;
        await mail.PasswordChangedAsync(user);
        return [];
    }

    private static Problem Over { get; } = new("LINK_OVER", "This link is not good any more.",
        Advice: "It may be older than an hour, used already, or not whole. Ask for another one.");
}
