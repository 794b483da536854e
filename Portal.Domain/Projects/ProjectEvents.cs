using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>A project came into being, with its first owner.</summary>
[EventType("project_created")]
public sealed record ProjectCreated(Id<Project> ProjectId, string Name, Id<User> Owner, bool Personal) : IBelongsToProject;

/// <summary>A project has another name.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Name">Its name from then on.</param>
/// <param name="Members">Who was in it then: the list of each shows the name.</param>
[EventType("project_renamed")]
public sealed record ProjectRenamed(Id<Project> ProjectId, string Name, IReadOnlyList<Id<User>> Members);

/// <summary>A person became a member, or a member's role changed.</summary>
[EventType("project_member_added")]
public sealed record MemberAdded(Id<Project> ProjectId, string ProjectName, Id<User> User, Role Role);

/// <summary>A person is no longer a member.</summary>
[EventType("project_member_removed")]
public sealed record MemberRemoved(Id<Project> ProjectId, Id<User> User);

/// <summary>The project wants a second look at other runs than before, or at none.</summary>
[EventType("project_approval_rules_changed")]
public sealed record ApprovalRulesChanged(Id<Project> ProjectId, ApprovalRules Rules);

/// <summary>Somebody was asked in. A mail address, where one was given, stands in a table from which it can be erased.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="InvitationId">The invitation.</param>
/// <param name="Role">What they shall be.</param>
/// <param name="Person">Whom it is for, where an account was named; null where a mail address was.</param>
/// <param name="InvitedBy">Who asks them in.</param>
/// <param name="Sha256">Of the secret in the link, lower-case hex: it tells nothing about 256 random bits.</param>
/// <param name="Until">From when on the link is worth nothing.</param>
[EventType("project_member_invited")]
public sealed record MemberInvited(Id<Project> ProjectId, Id<Invitation> InvitationId, Role Role, Id<User>? Person,
    Id<User> InvitedBy, string Sha256, DateTimeOffset Until);

/// <summary>Somebody said yes; that they are a member is a fact of its own.</summary>
[EventType("project_invitation_accepted")]
public sealed record InvitationAccepted(Id<Project> ProjectId, Id<Invitation> InvitationId, Id<User> User);

/// <summary>Somebody said no.</summary>
[EventType("project_invitation_declined")]
public sealed record InvitationDeclined(Id<Project> ProjectId, Id<Invitation> InvitationId, Id<User> User);

/// <summary>An owner took an invitation back.</summary>
[EventType("project_invitation_revoked")]
public sealed record InvitationRevoked(Id<Project> ProjectId, Id<Invitation> InvitationId);
