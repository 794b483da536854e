using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Projects;

/// <summary>Somebody who was asked in and has not answered.</summary>
/// <param name="listed">The invitation.</param>
[ObjectType("Invitation")]
public sealed class InvitationNode(ListedInvitation listed)
{
    internal InvitationView View => listed.View;

    /// <summary>Its id.</summary>
    [Id("Invitation")]
    public Id<Invitation> Id => View.Id;

    /// <summary>What they shall be.</summary>
    public Role Role => View.Role;

    /// <summary>The mail address that it is for; null where an account was named.</summary>
    public string? Address => listed.Address;

    /// <summary>When it was made.</summary>
    public DateTimeOffset InvitedAt => View.InvitedAt;

    /// <summary>Until when it can be answered.</summary>
    public DateTimeOffset Until => View.Until;

    /// <summary>Whether that is over.</summary>
    public bool Expired => listed.Expired;
}

/// <summary>Who is concerned by an invitation.</summary>
[ObjectType<InvitationNode>]
public static class InvitationFields
{
    /// <summary>Whose account it is for; null where a mail address was given.</summary>
    public static Task<Person?> GetPersonAsync([Parent] InvitationNode invitation, PersonLoader people) =>
        invitation.View.Person is { } person ? people.LoadAsync(person) : Task.FromResult<Person?>(null);

    /// <summary>Who invited them.</summary>
    public static Task<Person?> GetInvitedByAsync([Parent] InvitationNode invitation, PersonLoader people) =>
        people.LoadAsync(invitation.View.InvitedBy);
}

/// <summary>Who was asked into a project.</summary>
[ObjectType<ProjectNode>]
public static class ProjectInvitations
{
    /// <summary>Invitations without an answer, newest first; for owners alone.</summary>
    public static Task<ListPage<InvitationNode>?> GetInvitationsAsync([Parent] ProjectNode project, [Caller] Caller caller,
        ListInvitationsHandler invitations, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel) =>
        Lists.PageAsync(Lists.Query(page, "invited_at", Direction.Descending),
            asked => invitations.HandleAsync(caller, project.Id, asked, cancel), listed => new InvitationNode(listed));
}

/// <summary>An invitation just made. Its secret is shown this once.</summary>
[ObjectType<MadeInvitation>]
public static class MadeInvitationFields
{
    /// <summary>Its id.</summary>
    [Id("Invitation")]
    public static Id<Invitation> GetId([Parent] MadeInvitation made) => made.Id;
}

/// <summary>An invitation as it is shown to whom it is for.</summary>
/// <param name="open">The invitation.</param>
[ObjectType("OpenInvitation")]
public sealed class OpenInvitationNode(OpenInvitation open)
{
    internal OpenInvitation Open => open;

    /// <summary>Its id.</summary>
    [Id("Invitation")]
    public Id<Invitation> Id => open.Id;

    /// <summary>The name of the project.</summary>
    public string ProjectName => open.ProjectName;

    /// <summary>What they would be in it.</summary>
    public Role Role => open.Role;

    /// <summary>Until when it can be answered.</summary>
    public DateTimeOffset Until => open.Until;
}

/// <summary>Who invites.</summary>
[ObjectType<OpenInvitationNode>]
public static class OpenInvitationFields
{
    /// <summary>Who invites.</summary>
    public static Task<Person?> GetInvitedByAsync([Parent] OpenInvitationNode invitation, PersonLoader people) =>
        people.LoadAsync(invitation.Open.InvitedBy);
}

/// <summary>Questions of who was invited.</summary>
[QueryType]
public static class InvitationQueries
{
    /// <summary>The invitation with this secret; null if there is none. One that cannot be answered is refused.</summary>
    public static async Task<OpenInvitationNode?> GetInvitationAsync(
        [Secret] string secret, [Caller] Caller caller, OpenInvitationHandler invitations, CancellationToken cancel) =>
        (await invitations.HandleAsync(caller, secret, cancel)).OrNull() is { } open ? new(open) : null;
}
