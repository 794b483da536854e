using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>A project came into being, with its first owner.</summary>
[EventType("project_created")]
public sealed record ProjectCreated(Id<Project> ProjectId, string Name, Id<User> Owner, bool Personal) : IBelongsToProject;

/// <summary>A person became a member, or a member's role changed.</summary>
[EventType("project_member_added")]
public sealed record MemberAdded(Id<Project> ProjectId, string ProjectName, Id<User> User, Role Role);

/// <summary>A person is no longer a member.</summary>
[EventType("project_member_removed")]
public sealed record MemberRemoved(Id<Project> ProjectId, Id<User> User);
