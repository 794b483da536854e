using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>What became of an invitation to the installation.</summary>
public enum AccountInvitationState
{
    /// <summary>Nobody has used it.</summary>
    Open,
    /// <summary>An account was made with it.</summary>
    Used,
    /// <summary>An administrator took it back.</summary>
    Revoked,
}

/// <summary>Somebody is asked to make an account here, without a project. Their mail address is in no event: it lies with those
/// of projects' invitations.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Until">From when on its link is worth nothing.</param>
/// <param name="State">What became of it.</param>
public sealed record AccountInvitation(Id<AccountInvitation> Id, DateTimeOffset Until, AccountInvitationState State)
    : IAggregate<AccountInvitation>
{
    /// <inheritdoc/>
    public static string Prefix => "accountinvitation";

    /// <inheritdoc/>
    public static AccountInvitation Empty { get; } = new(default, default, AccountInvitationState.Open);

    /// <inheritdoc/>
    public AccountInvitation Apply(Recorded recorded) => recorded.Body switch
    {
        AccountInvited invited => new(invited.InvitationId, invited.Until, AccountInvitationState.Open),
        AccountInvitationUsed => this with { State = AccountInvitationState.Used },
        AccountInvitationRevoked => this with { State = AccountInvitationState.Revoked },
        _ => this,
    };
}

/// <summary>An administrator asked somebody to make an account.</summary>
/// <param name="InvitationId">The invitation.</param>
/// <param name="InvitedBy">Who asks.</param>
/// <param name="Sha256">Of the secret in the link, lower-case hex.</param>
/// <param name="Until">From when on the link is worth nothing.</param>
[EventType("account_invited")]
public sealed record AccountInvited(
    Id<AccountInvitation> InvitationId, Id<User> InvitedBy, string Sha256, DateTimeOffset Until);

/// <summary>An account was made with the invitation.</summary>
[EventType("account_invitation_used")]
public sealed record AccountInvitationUsed(Id<AccountInvitation> InvitationId, Id<User> User);

/// <summary>An administrator took the invitation back.</summary>
[EventType("account_invitation_revoked")]
public sealed record AccountInvitationRevoked(Id<AccountInvitation> InvitationId);

/// <summary>An invitation to the installation as lists see it, and as it is found by its secret.</summary>
public sealed record AccountInvitationView(Id<AccountInvitation> Id, Id<User> InvitedBy, string Sha256,
    DateTimeOffset InvitedAt, DateTimeOffset Until, AccountInvitationState State);

/// <summary>Keeps <see cref="AccountInvitationView"/> in the appending transaction: a link that was taken back opens nothing from
/// then on.</summary>
public sealed class AccountInvitationProjection : Projection<AccountInvitationView>
{
    /// <inheritdoc/>
    public override DocumentTable<AccountInvitationView> Table { get; } = new(
        "account_invitations", invitation => invitation.Id.ToString(),
        [
            new("sha256", "text", invitation => invitation.Sha256),
            new("state", "text", invitation => invitation.State.ToString()),
            new("invited_at", "timestamptz", invitation => invitation.InvitedAt),
        ],
        ["unique:sha256", "state, invited_at desc"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(AccountInvited), typeof(AccountInvitationUsed), typeof(AccountInvitationRevoked)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(
        Recorded recorded, IDocumentWriter<AccountInvitationView> documents, CancellationToken cancel)
    {
        if (recorded.Body is AccountInvited invited)
        {
            documents.Put(new(invited.InvitationId, invited.InvitedBy, invited.Sha256, recorded.Time, invited.Until,
                AccountInvitationState.Open));
            return;
        }
        var (id, state) = recorded.Body is AccountInvitationUsed used
            ? (used.InvitationId, AccountInvitationState.Used)
            : (((AccountInvitationRevoked)recorded.Body!).InvitationId, AccountInvitationState.Revoked);
        if (await documents.FindAsync(id.ToString(), cancel) is { } view) documents.Put(view with { State = state });
    }
}
