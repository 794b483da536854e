using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Asks somebody to make an account here, by their mail address.</summary>
/// <param name="Id">Chosen by the client.</param>
/// <param name="Address">The address that they will sign in with.</param>
public sealed record InviteAccount(Id<AccountInvitation> Id, string Address)
{
    /// <summary>Where its link leads.</summary>
    public const string Page = "/register#";

    /// <summary>Most invitations that wait for an answer.</summary>
    public const int MostOpen = 1000;

    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="state">The invitation under this id.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="rule">Who may make an account.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="sha256">Of the link's secret.</param>
    /// <param name="now">The time now.</param>
    public static Result<IReadOnlyList<object>> Decide(AccountInvitation state, InviteAccount command, SignUpRule rule,
        Id<User> by, string sha256, DateTimeOffset now)
    {
        if (state.Id != default) return InviteMember.AlreadyMade;
        if (rule.Mode == SignUpMode.Closed)
            return new Problem("SIGN_UP_CLOSED", "Sign-up is closed here: nobody can use an invitation.",
                Advice: "Set Portal:SignUp to invitation.");
        if (!MailAddress.IsGood(command.Address))
            return Problem.Invalid("address", "This is not a mail address.", "Give the address that they will sign in with.");
        return new object[] { new AccountInvited(command.Id, by, sha256, now + InviteMember.Life) };
    }
}

/// <summary>An invitation to the installation just made: the only time that its secret is seen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">What its link holds.</param>
/// <param name="Until">From when on it is worth nothing.</param>
/// <param name="Mailed">Whether the link goes to the address by mail; else who invites passes it on.</param>
public sealed record MadeAccountInvitation(
    Id<AccountInvitation> Id, string Secret, DateTimeOffset Until, bool Mailed)
{
    /// <summary>The link, without the portal's address before it.</summary>
    public string Path => InviteAccount.Page + Secret;

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{nameof(MadeAccountInvitation)} {Id}";
}

/// <summary>Handles <see cref="InviteAccount"/>: administrators may.</summary>
public sealed class InviteAccountHandler(Ledger ledger, AccountAccess access, IDocuments documents, IInvitationAddresses addresses,
    IInvitationMail mail, SignUpRule rule, IChance chance, IRandomBytes random)
{
    /// <summary>Makes it, and shows its secret once.</summary>
    public async Task<Result<MadeAccountInvitation>> HandleAsync(
        Caller caller, InviteAccount command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.InviteAccount, "page", cancel) is { } refusal) return refusal;
        command = command with { Address = command.Address.Trim() };
        var (secret, now, by) = (InvitationSecret.Make(random), chance.Now, caller.User!.Value);
        var sha256 = InvitationSecret.HashOf(secret);
        Result<IReadOnlyList<object>> Decide(AccountInvitation state) =>
            InviteAccount.Decide(state, command, rule, by, sha256, now);
        var decided = Decide((await ledger.LoadAsync<AccountInvitation>(command.Id.Value, cancel)).State);
        if (!decided.Ok) return Result.Refused<MadeAccountInvitation>(decided.Problems);
        var open = await documents.QueryAsync<AccountInvitationView>(
            new([new("state", Comparison.Equal, nameof(AccountInvitationState.Open))], Limit: 1, Count: true), cancel);
        if (open.Total >= InviteAccount.MostOpen)
            return new Problem("TOO_MANY_INVITATIONS", $"{InviteAccount.MostOpen} invitations wait for an answer.",
                Advice: "Revoke some of them, or wait for their answers.");
        var sent = new Id<Invitation>(command.Id.Value);
        if (!await addresses.KeepAsync(sent, command.Address, now + InviteMember.Life, cancel))
            return InviteMember.AlreadyMade;
        var written = await ledger.ChangeAsync<AccountInvitation>(caller, command.Id.Value, Decide, cancel);
        if (!written.Ok) return Result.Refused<MadeAccountInvitation>(written.Problems);
        var (until, path) = (now + InviteMember.Life, InviteAccount.Page + secret);
        return new MadeAccountInvitation(command.Id, secret, until,
            await mail.SendAsync(new(command.Address, path, Project: null, by, until), CancellationToken.None));
    }
}
