using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>An invitation as lists see it, and as it is found by its secret.</summary>
public sealed record InvitationView(Id<Invitation> Id, Id<Project> Project, Role Role, Id<User>? Person, Id<User> InvitedBy,
    string Sha256, DateTimeOffset InvitedAt, DateTimeOffset Until, InvitationState State);

/// <summary>Keeps <see cref="InvitationView"/> in the appending transaction: a link that was taken back opens nothing from then
/// on. What is over stays, so that its link can say so.</summary>
public sealed class InvitationViewProjection : Projection<InvitationView>
{
    /// <inheritdoc/>
    public override DocumentTable<InvitationView> Table { get; } = new(
        "invitations", invitation => invitation.Id.ToString(),
        [
            new("project", "text", invitation => invitation.Project.ToString()),
            new("sha256", "text", invitation => invitation.Sha256),
            new("state", "text", invitation => invitation.State.ToString()),
            new("invited_at", "timestamptz", invitation => invitation.InvitedAt),
        ],
        ["unique:sha256", "project, state, invited_at desc"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(MemberInvited), typeof(InvitationAccepted), typeof(InvitationDeclined), typeof(InvitationRevoked)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(
        Recorded recorded, IDocumentWriter<InvitationView> documents, CancellationToken cancel)
    {
        var (id, state) = recorded.Body switch
        {
            InvitationAccepted accepted => (accepted.InvitationId, InvitationState.Accepted),
            InvitationDeclined declined => (declined.InvitationId, InvitationState.Declined),
            InvitationRevoked revoked => (revoked.InvitationId, InvitationState.Revoked),
            _ => (default, InvitationState.Open),
        };
        if (recorded.Body is MemberInvited invited)
            documents.Put(new(invited.InvitationId, invited.ProjectId, invited.Role, invited.Person, invited.InvitedBy,
                invited.Sha256, recorded.Time, invited.Until, InvitationState.Open));
        else if (await documents.FindAsync(id.ToString(), cancel) is { } view)
            documents.Put(view with { State = state });
    }
}
