using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Accounts;

/// <summary>Takes an invitation to the installation back: its link is worth nothing from then on.</summary>
/// <param name="Id">The invitation.</param>
public sealed record RevokeAccountInvitation(Id<AccountInvitation> Id)
{
    /// <summary>Decides on the events, or says why not; asking twice changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(AccountInvitation state, RevokeAccountInvitation command) => state switch
    {
        { Id: var id } when id == default => Problem.NotFound("invitation"),
        { State: AccountInvitationState.Open } => new object[] { new AccountInvitationRevoked(command.Id) },
        { State: AccountInvitationState.Used } =>
            new Problem("INVITATION_USED", "An account was made with this invitation already.", "id"),
        _ => Result.Of<IReadOnlyList<object>>([]),
    };
}

/// <summary>Handles <see cref="RevokeAccountInvitation"/>: administrators may.</summary>
public sealed class RevokeAccountInvitationHandler(Ledger ledger, AccountAccess access, IInvitationAddresses addresses)
{
    /// <summary>Takes it back; the address it was for is erased.</summary>
    public async Task<Result<AccountInvitation>> HandleAsync(
        Caller caller, RevokeAccountInvitation command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.RevokeAccountInvitation, "invitation", cancel) is { } refusal)
            return refusal;
        var written = await ledger.ChangeAsync<AccountInvitation>(caller, command.Id.Value,
            state => RevokeAccountInvitation.Decide(state, command), cancel);
        if (written.Ok) await addresses.ForgetAsync(new(command.Id.Value), cancel);
        return written;
    }
}
