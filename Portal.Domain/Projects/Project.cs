using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Where everything lives: machines, workflows, endpoints and runs belong to a project.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What its members call it.</param>
/// <param name="Personal">Whether it is the one made at sign-up, which nobody else is in.</param>
/// <param name="Members">Who is in it, as what.</param>
/// <param name="Invitations">Everybody who was asked in, what became of it too.</param>
public sealed record Project(Id<Project> Id, string Name, bool Personal, IReadOnlyDictionary<Id<User>, Role> Members,
    IReadOnlyDictionary<Id<Invitation>, Invitation> Invitations) : IAggregate<Project>
{
    /// <inheritdoc/>
    public static string Prefix => "project";

    /// <inheritdoc/>
    public static Project Empty { get; } =
        new(default, "", false, new Dictionary<Id<User>, Role>(), new Dictionary<Id<Invitation>, Invitation>());

    /// <summary>When it wants a second look at a run.</summary>
    public ApprovalRules Approvals { get; init; } = ApprovalRules.None;

    /// <summary>Whether without this member nobody could keep the others.</summary>
    public bool IsLastOwner(Id<User> user) =>
        Members.GetValueOrDefault(user) == Role.Owner && Members.Count(member => member.Value == Role.Owner) == 1;

    /// <inheritdoc/>
    public Project Apply(Recorded recorded) => After(recorded.Body);

    /// <summary>The project after one more fact.</summary>
    public Project After(object fact) => fact switch
    {
        ProjectCreated created => this with
        {
            Id = created.ProjectId,
            Name = created.Name,
            Personal = created.Personal,
            Members = new Dictionary<Id<User>, Role> { [created.Owner] = Role.Owner },
        },
        ProjectRenamed renamed => this with { Name = renamed.Name },
        MemberAdded added => this with { Members = new Dictionary<Id<User>, Role>(Members) { [added.User] = added.Role } },
        MemberRemoved removed => this with
        {
            Members = Members.Where(member => member.Key != removed.User).ToDictionary(member => member.Key, member => member.Value),
        },
        ApprovalRulesChanged changed => this with { Approvals = changed.Rules },
        MemberInvited invited => With(new(invited.InvitationId, invited.Role, invited.Person, invited.InvitedBy, invited.Until,
            InvitationState.Open, null)),
        InvitationAccepted accepted => End(accepted.InvitationId, InvitationState.Accepted, accepted.User),
        InvitationDeclined declined => End(declined.InvitationId, InvitationState.Declined, declined.User),
        InvitationRevoked revoked => End(revoked.InvitationId, InvitationState.Revoked, null),
        _ => this,
    };

    private Project With(Invitation invitation) =>
        this with { Invitations = new Dictionary<Id<Invitation>, Invitation>(Invitations) { [invitation.Id] = invitation } };

    private Project End(Id<Invitation> id, InvitationState state, Id<User>? by) =>
        Invitations.TryGetValue(id, out var invitation) ? With(invitation with { State = state, AnsweredBy = by }) : this;
}
