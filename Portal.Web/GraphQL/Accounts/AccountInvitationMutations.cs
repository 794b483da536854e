using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Asks somebody to make an account.</summary>
/// <param name="Address">The mail address that they will sign in with; in no event.</param>
/// <param name="ClientMutationKey">A repeat with the same key makes no other one and is refused: the secret was shown.</param>
public sealed record InviteAccountInput(string Address, Guid? ClientMutationKey = null);

/// <summary>Takes an invitation to the installation back.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RevokeAccountInvitationInput(
    [Id("AccountInvitation")] Id<AccountInvitation> Id, Guid? ClientMutationKey = null);

/// <summary>What is done with invitations to the installation.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class AccountInvitationMutations
{
    /// <summary>
    /// Asks somebody to make an account; administrators may, in person. The secret of its link is shown this once and stored
    /// nowhere. It is good for seven days, once, and for the address it was made for.
    /// </summary>
    [Payload("accountInvitation")]
    public static async Task<MutationResult<MadeAccountInvitation>> InviteAccountAsync(InviteAccountInput input,
        [Caller] Caller caller, InviteAccountHandler invitations, IChance chance, CancellationToken cancel)
    {
        var id = caller.NewId<AccountInvitation>(input.ClientMutationKey, chance);
        var made = await invitations.HandleAsync(caller, new(id, input.Address), cancel);
        return made.Ok ? made.Value : Refused.Of<MadeAccountInvitation>(made.Problems);
    }

    /// <summary>Takes an invitation to the installation back; its link is worth nothing from then on.</summary>
    [Payload("revokedId"), Id("AccountInvitation")]
    public static async Task<MutationResult<Id<AccountInvitation>>> RevokeAccountInvitationAsync(
        RevokeAccountInvitationInput input, [Caller] Caller caller, RevokeAccountInvitationHandler invitations,
        CancellationToken cancel)
    {
        var keyed = caller.WithKey($"revokeAccountInvitation {input.Id}", input.ClientMutationKey);
        var revoked = await invitations.HandleAsync(keyed, new(input.Id), cancel);
        return revoked.Ok ? input.Id : Refused.Of<Id<AccountInvitation>>(revoked.Problems);
    }
}
