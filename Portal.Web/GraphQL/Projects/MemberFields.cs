using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Projects;

/// <summary>A person in a project.</summary>
/// <param name="member">Their place in it.</param>
[ObjectType("Member")]
public sealed class MemberNode(Membership member)
{
    internal Membership Member => member;

    /// <summary>As what.</summary>
    public Role Role => member.Role;
}

/// <summary>Who a member is.</summary>
[ObjectType<MemberNode>]
public static class MemberFields
{
    /// <summary>Who.</summary>
    public static Task<Person?> GetPersonAsync([Parent] MemberNode member, PersonLoader people) =>
        people.LoadAsync(member.Member.User);
}

/// <summary>Who is in a project.</summary>
[ObjectType<ProjectNode>]
public static class ProjectMembers
{
    /// <summary>Its members, in the order of their ids; null if it does not exist for the caller any more.</summary>
    public static Task<ListPage<MemberNode>?> GetMembersAsync([Parent] ProjectNode project, [Caller] Caller caller,
        ListMembersHandler members, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel) =>
        Lists.PageAsync(Lists.Query(page, "user_id", Direction.Ascending),
            asked => members.HandleAsync(caller, project.Id, asked, cancel), view => new MemberNode(view));
}
