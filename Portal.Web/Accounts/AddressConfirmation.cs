using Microsoft.AspNetCore.Identity;
using Portal.Domain.Common;
using Portal.Web.Mail;

namespace Portal.Web.Accounts;

/// <summary>Confirms mail addresses. Where mails are sent, an account can do nothing before.</summary>
public sealed class AddressConfirmation(UserManager<PortalUser> users, SignInManager<PortalUser> manager, AccountMail mail)
{
    /// <summary>What is said to who gave the right password and has not confirmed the address.</summary>
    public const string Needed = "Confirm your mail address first. A mail with the link is on its way to you.";

    /// <summary>Confirms the address of a link's secret. The link works as often as it is used, while it is good.</summary>
    /// <returns>Null when it is confirmed; else why not.</returns>
    public async Task<Problem?> ConfirmAsync(string? secret)
    {
        if (MailLink.TryRead(MailLink.ConfirmPrefix, secret, out var id, out var token)
            && await users.FindByIdAsync($"{id}") is { } user
            && (await users.ConfirmEmailAsync(user, token)).Succeeded) return null;
        return new("LINK_OVER", "This link is not good any more.",
            Advice: "It may be older than a day, or not whole. Have another one sent.");
    }

    /// <summary>Whether somebody who gives a password has still to confirm the address; sends the link again then. Who gives a
    /// wrong one does not learn it.</summary>
    public async Task<bool> IsNeededAsync(PortalUser user, string password, CancellationToken cancel)
    {
        if (await manager.CanSignInAsync(user) || user.EmailConfirmed || !mail.Sends) return false;
        if (!await users.CheckPasswordAsync(user, password)) return false;
        await mail.AskToConfirmAsync(user.Email!, cancel);
        return true;
    }
}
