using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>What became of an invitation.</summary>
public enum InvitationState
{
    /// <summary>Nobody has answered it.</summary>
    Open,
    /// <summary>Whom it was for is a member since.</summary>
    Accepted,
    /// <summary>Whom it was for does not want to.</summary>
    Declined,
    /// <summary>An owner took it back.</summary>
    Revoked,
}

/// <summary>Somebody is asked into a project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Role">What they shall be.</param>
/// <param name="Person">Whom it is for; null where a mail address says it (<see cref="IInvitationAddresses"/>).</param>
/// <param name="InvitedBy">Who asks.</param>
/// <param name="Until">From when on its link is worth nothing.</param>
/// <param name="State">What became of it.</param>
/// <param name="AnsweredBy">Who said yes or no.</param>
public sealed record Invitation(Id<Invitation> Id, Role Role, Id<User>? Person, Id<User> InvitedBy, DateTimeOffset Until,
    InvitationState State, Id<User>? AnsweredBy);

/// <summary>The secret in an invitation's link: shown once to who invites; its SHA-256 alone is kept.</summary>
public static class InvitationSecret
{
    /// <summary>What every secret begins with, so that scanners of leaked secrets know it.</summary>
    public const string Prefix = "portal_inv_";

    /// <summary>Where a link leads. The secret comes after it: no browser sends what stands behind a hash sign.</summary>
    public const string Page = "/invitation#";

    /// <summary>A new one, of 256 random bits.</summary>
    public static string Make(IRandomBytes random) => Prefix + Convert.ToHexStringLower(random.Next(32));

    /// <summary>SHA-256 of a secret as lower-case hex.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>Which mail address an invitation was sent to, whatever it is to: a project or the installation. Addresses are in no
/// event; here they can be erased.</summary>
public interface IInvitationAddresses
{
    /// <summary>Keeps an address; it goes by itself some time after the invitation is over. False, and nothing changes, where
    /// another address is kept for the invitation already: of two made at once under one id, neither gets the other's.</summary>
    Task<bool> KeepAsync(Id<Invitation> invitation, string address, DateTimeOffset until, CancellationToken cancel);

    /// <summary>The addresses, with one query; one that was erased is absent.</summary>
    Task<IReadOnlyDictionary<Id<Invitation>, string>> FindAsync(
        IReadOnlyCollection<Id<Invitation>> invitations, CancellationToken cancel);

    /// <summary>Whether it is the address that this person signs in with.</summary>
    Task<bool> IsOfAsync(Id<Invitation> invitation, Id<User> user, CancellationToken cancel);

    /// <summary>Whether it is this address; upper and lower case do not count.</summary>
    Task<bool> IsAsync(Id<Invitation> invitation, string address, CancellationToken cancel);

    /// <summary>The invitations that were sent to this address and are not erased.</summary>
    Task<IReadOnlyList<Id<Invitation>>> OfAsync(string address, CancellationToken cancel);

    /// <summary>Erases it.</summary>
    Task ForgetAsync(Id<Invitation> invitation, CancellationToken cancel);
}
