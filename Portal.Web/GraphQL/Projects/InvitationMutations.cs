using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Projects;

/// <summary>Asks somebody into a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Role">What they shall be.</param>
/// <param name="Address">The mail address that they sign in with, or will; in no event.</param>
/// <param name="Person">Their account, in place of an address.</param>
/// <param name="ClientMutationKey">A repeat with the same key makes no other one and is refused: the secret was shown.</param>
public sealed record InviteMemberInput([Id("Project")] Id<Project> Project, Role Role, string? Address = null,
    [Id("Person")] Id<User>? Person = null, Guid? ClientMutationKey = null);

/// <summary>Takes an invitation back.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RevokeInvitationInput([Id("Invitation")] Id<Invitation> Id, Guid? ClientMutationKey = null);

/// <summary>Answers an invitation.</summary>
/// <param name="Secret">What stands behind the hash sign of its link: <c>portal_inv_…</c>. To be sent as a variable.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record AnswerInvitationInput([Secret] string Secret, Guid? ClientMutationKey = null);

/// <summary>What is done with invitations.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class InvitationMutations
{
    /// <summary>
    /// Asks somebody into a project; owners may. The secret of its link is shown this once and stored nowhere. It is good for
    /// seven days, once, and for whom it was made.
    /// </summary>
    [Payload("invitation")]
    public static async Task<MutationResult<MadeInvitation>> InviteMemberAsync(InviteMemberInput input, [Caller] Caller caller,
        InviteMemberHandler invitations, IChance chance, CancellationToken cancel)
    {
        var id = caller.NewId<Invitation>(input.ClientMutationKey, chance);
        var made = await invitations.HandleAsync(caller, new(id, input.Project, input.Role, input.Address, input.Person), cancel);
        return made.Ok ? made.Value : Refused.Of<MadeInvitation>(made.Problems);
    }

    /// <summary>Takes an invitation back; its link is worth nothing from then on.</summary>
    [Payload("revokedId"), Id("Invitation")]
    public static async Task<MutationResult<Id<Invitation>>> RevokeInvitationAsync(RevokeInvitationInput input,
        [Caller] Caller caller, RevokeInvitationHandler invitations, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"revokeInvitation {input.Id}", input.ClientMutationKey);
        var revoked = await invitations.HandleAsync(keyed, new(input.Id), cancel);
        return revoked.Ok ? input.Id : Refused.Of<Id<Invitation>>(revoked.Problems);
    }

    /// <summary>Says yes to an invitation: the caller becomes a member.</summary>
    public static async Task<MutationResult<ProjectNode>> AcceptInvitationAsync(AnswerInvitationInput input,
        [Caller] Caller caller, AcceptInvitationHandler invitations, CancellationToken cancel)
    {
        var accepted = await invitations.HandleAsync(caller, new(input.Secret), cancel);
        return accepted.Ok ? new ProjectNode(accepted.Value) : Refused.Of<ProjectNode>(accepted.Problems);
    }

    /// <summary>Says no to an invitation.</summary>
    [Payload("declinedId"), Id("Invitation")]
    public static async Task<MutationResult<Id<Invitation>>> DeclineInvitationAsync(AnswerInvitationInput input,
        [Caller] Caller caller, DeclineInvitationHandler invitations, CancellationToken cancel)
    {
        var declined = await invitations.HandleAsync(caller, new(input.Secret), cancel);
        return declined.Ok ? declined.Value : Refused.Of<Id<Invitation>>(declined.Problems);
    }
}
