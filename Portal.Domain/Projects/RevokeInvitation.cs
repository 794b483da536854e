using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Takes an invitation back: its link is worth nothing from then on.</summary>
/// <param name="Id">The invitation.</param>
/// <param name="Project">Its project, where the client names it: another's has no such invitation.</param>
public sealed record RevokeInvitation(Id<Invitation> Id, Id<Project>? Project = null)
{
    /// <summary>Decides on the events, or says why not; asking twice changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, RevokeInvitation command) =>
        state.Invitations.GetValueOrDefault(command.Id)?.State switch
        {
            null => Problem.NotFound("invitation"),
            InvitationState.Open => new object[] { new InvitationRevoked(state.Id, command.Id) },
            InvitationState.Accepted => new Problem("INVITATION_USED", "This invitation was accepted already.", "id",
                Advice: "Remove the member instead."),
            _ => Result.Of<IReadOnlyList<object>>([]),
        };
}

/// <summary>Handles <see cref="RevokeInvitation"/>: owners may.</summary>
public sealed class RevokeInvitationHandler(Ledger ledger, Access access, IDocuments documents, IInvitationAddresses addresses)
{
    /// <summary>Takes it back; the address it was sent to is erased.</summary>
    /// <returns>The project.</returns>
    public async Task<Result<Project>> HandleAsync(Caller caller, RevokeInvitation command, CancellationToken cancel)
    {
        if (await documents.FindAsync<InvitationView>(command.Id.ToString(), cancel) is not { } view
            || (command.Project is { } named && named != view.Project)) return Problem.NotFound("invitation");
        if (await access.RefusalAsync(caller, view.Project, Operation.RevokeInvitation, "invitation", cancel) is { } refusal)
            return refusal;
        var written = await ledger.ChangeAsync<Project>(caller, view.Project.Value,
            state => RevokeInvitation.Decide(state, command), cancel);
        if (written.Ok) await addresses.ForgetAsync(command.Id, cancel);
        return written;
    }
}
