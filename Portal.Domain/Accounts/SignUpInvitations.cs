using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>An invitation that lets somebody make an account.</summary>
/// <param name="Id">The one to the installation, which is used up by it; null for a project's, which is answered
/// afterwards.</param>
public sealed record SignUpInvitation(Id<AccountInvitation>? Id);

/// <summary>Knows with which invitations an account may be made: those to the installation, and those to a project.</summary>
public sealed class SignUpInvitations(
    Ledger ledger, IDocuments documents, InvitationLinks links, IInvitationAddresses addresses, IChance chance)
{
    /// <summary>The refusal of who comes without one.</summary>
    public static Problem Needed { get; } = new("INVITATION_NEEDED", "Accounts are made by invitation here.", "invitation",
        Advice: "Open the link that you were sent, in this browser. Or ask somebody who is here to invite you.");

    /// <summary>The open invitation with this secret, or why no account can be made with it. An address is never told: who has
    /// the link and gives another one is refused.</summary>
    public async Task<Result<SignUpInvitation>> FindAsync(string secret, string address, CancellationToken cancel)
    {
        if (secret.Length is 0 or > 200) return Needed;
        var found = await documents.QueryAsync<AccountInvitationView>(new(
            [new("sha256", Comparison.Equal, InvitationSecret.HashOf(secret))], Limit: 1), cancel);
        if (found.Items is not [var view])
            return await links.SignUpRefusalAsync(secret, address, chance.Now, cancel) is { } refusal
                ? refusal
                : new SignUpInvitation(null);
        if (Refusal(view, chance.Now) is { } over) return over;
        return await addresses.IsAsync(new(view.Id.Value), address, cancel)
            ? new SignUpInvitation(view.Id)
            : InvitationLinks.ForAnother;
    }

    /// <summary>An open invitation that was sent to this address, for who has shown by other means that it is theirs.</summary>
    public async Task<Result<SignUpInvitation>> OfAddressAsync(string address, CancellationToken cancel)
    {
        foreach (var sent in await addresses.OfAsync(address, cancel))
        {
            if (await documents.FindAsync<AccountInvitationView>(sent.ToString(), cancel) is { } view
                && Refusal(view, chance.Now) is null) return new SignUpInvitation(view.Id);
            if (await links.IsOpenAsync(sent, chance.Now, cancel)) return new SignUpInvitation(null);
        }
        return Needed;
    }

    /// <summary>Notes that an account was made with it; its address is erased.</summary>
    public async Task UsedAsync(SignUpInvitation invitation, Id<User> user, CancellationToken cancel)
    {
        if (invitation.Id is not { } id) return;
        var caller = new Caller(user, null, "page", false, user.Value, null);
        await ledger.ChangeAsync<AccountInvitation>(caller, id.Value, state => state.State == AccountInvitationState.Open
            ? new object[] { new AccountInvitationUsed(id, user) }
            : Result.Of<IReadOnlyList<object>>([]), cancel);
        await addresses.ForgetAsync(new(id.Value), cancel);
    }

    private static Problem? Refusal(AccountInvitationView view, DateTimeOffset now) => view switch
    {
        { State: AccountInvitationState.Used } => new("INVITATION_USED", "An account was made with this invitation already.",
            "invitation", Advice: "Sign in. If it was not you, ask for another invitation."),
        { State: AccountInvitationState.Revoked } => new("INVITATION_REVOKED", "This invitation was taken back.", "invitation",
            Advice: "Ask who invited you for another."),
        _ when view.Until <= now => new("INVITATION_EXPIRED", "This invitation is older than a week and has expired.",
            "invitation", Advice: "Ask who invited you for another."),
        _ => null,
    };
}
