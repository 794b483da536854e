using Portal.Domain.Common;
using Portal.Web.Edge;
using Portal.Web.Mail;

namespace Portal.Web.Accounts;

/// <summary>Mails about accounts that people ask for. Whether there is an account is not told, and not looked up here.</summary>
public sealed class AccountMail(Outbox outbox, RateLimits limits, IHttpContextAccessor requests)
{
    /// <summary>Whether the installation sends mails.</summary>
    public bool Sends => outbox.Sends;

    /// <summary>Sends the link that confirms an address, where an account waits for it.</summary>
    /// <returns>Null, whatever there is; or that the sender asks too often.</returns>
    public Task<Problem?> AskToConfirmAsync(string address, CancellationToken cancel) =>
        AskAsync(address, new ConfirmAddress(address.Trim()), cancel);

    /// <summary>Tells who owns an address that somebody signed up with it once more, instead of telling that somebody.</summary>
    /// <returns>Null, whatever there is; or that the sender asks too often.</returns>
    public Task<Problem?> TellTakenAsync(string address, CancellationToken cancel) =>
        AskAsync(address, new AddressTaken(address.Trim()), cancel);

    /// <summary>Sends the link to a new password, where there is an account.</summary>
    /// <returns>Null, whatever there is; or that the sender asks too often.</returns>
    public Task<Problem?> AskForResetAsync(string address, CancellationToken cancel) =>
        AskAsync(address, new ResetPassword(address.Trim()), cancel);

    /// <summary>Tells somebody that their password was changed.</summary>
    public Task PasswordChangedAsync(PortalUser user) =>
        outbox.PutAsync(new PasswordChanged(user.Id), CancellationToken.None);

    // A mailbox gets a few such mails an hour, whoever asks; past that it is quiet, and the answer is the same.
    private async Task<Problem?> AskAsync(string address, Parcel parcel, CancellationToken cancel)
    {
        if (!Sends) return new("NO_MAIL", "This portal sends no mails.", Advice: "Ask its administrator.");
        if (!MailAddress.IsGood(address.Trim())) return new("MAIL_INVALID", "This is not a mail address.", "mail");
        if (limits.MailFrom(Sender.AddressOf(requests.HttpContext)) is not null)
            return new(RateLimitDoor.Code, "Too many mails were asked for from your address.", Advice: "Try again in an hour.");
        if (limits.MailTo(address.Trim().ToUpperInvariant()) is null) await outbox.PutAsync(parcel, cancel);
        return null;
    }
}
