using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Somebody who was asked to make an account and has not.</summary>
/// <param name="listed">The invitation.</param>
[ObjectType("AccountInvitation")]
public sealed class AccountInvitationNode(ListedAccountInvitation listed)
{
    internal AccountInvitationView View => listed.View;

    /// <summary>Its id.</summary>
    [Id("AccountInvitation")]
    public Id<AccountInvitation> Id => View.Id;

    /// <summary>The mail address that it is for; null where it was erased.</summary>
    public string? Address => listed.Address;

    /// <summary>When it was made.</summary>
    public DateTimeOffset InvitedAt => View.InvitedAt;

    /// <summary>Until when an account can be made with it.</summary>
    public DateTimeOffset Until => View.Until;

    /// <summary>Whether that is over.</summary>
    public bool Expired => listed.Expired;
}

/// <summary>Who invited.</summary>
[ObjectType<AccountInvitationNode>]
public static class AccountInvitationFields
{
    /// <summary>Who invited them.</summary>
    public static Task<Person?> GetInvitedByAsync([Parent] AccountInvitationNode invitation, PersonLoader people) =>
        people.LoadAsync(invitation.View.InvitedBy);
}

/// <summary>An invitation to the installation just made. Its secret is shown this once.</summary>
[ObjectType<MadeAccountInvitation>]
public static class MadeAccountInvitationFields
{
    /// <summary>Its id.</summary>
    [Id("AccountInvitation")]
    public static Id<AccountInvitation> GetId([Parent] MadeAccountInvitation made) => made.Id;
}

/// <summary>Questions of who was asked to make an account.</summary>
[QueryType]
public static class AccountInvitationQueries
{
    /// <summary>Invitations to the installation that nobody has used, newest first; for administrators in person, null for
    /// everybody else.</summary>
    public static Task<ListPage<AccountInvitationNode>?> GetAccountInvitationsAsync([Caller] Caller caller,
        ListAccountInvitationsHandler invitations, [PageSize(Lists.Largest, Lists.Usual)] Paging page,
        CancellationToken cancel) =>
        Lists.PageAsync(Lists.Query(page, "invited_at", Direction.Descending),
            asked => invitations.HandleAsync(caller, asked, cancel), listed => new AccountInvitationNode(listed));
}
