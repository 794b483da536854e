using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>An invitation that is to be sent.</summary>
/// <param name="Address">To whom.</param>
/// <param name="Path">Its link, without the portal's address before it; it holds the secret.</param>
/// <param name="Project">Name of the project; null for the installation.</param>
/// <param name="By">Who invites.</param>
/// <param name="Until">From when on the link is worth nothing.</param>
public sealed record SentInvitation(string Address, string Path, string? Project, Id<User> By, DateTimeOffset Until)
{
    /// <summary>Neither the secret nor the address.</summary>
    public override string ToString() => nameof(SentInvitation);
}

/// <summary>Sends invitations by mail, where the installation sends any.</summary>
public interface IInvitationMail
{
    /// <summary>Has it sent, some time soon. False where no mail is sent here.</summary>
    Task<bool> SendAsync(SentInvitation invitation, CancellationToken cancel);
}
