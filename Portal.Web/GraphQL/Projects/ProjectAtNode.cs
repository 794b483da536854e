using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Audit;

namespace Portal.Web.GraphQL.Projects;

/// <summary>A project as it was: folded from its events up to one of them, and from nothing else.</summary>
/// <param name="past">What is known of it.</param>
[ObjectType("ProjectAt")]
public sealed class ProjectAtNode(AsItWas<Project> past) : PastNode<Project>(past)
{
    /// <summary>Its name.</summary>
    public string Name => State.Name;

    /// <summary>Whether it is the one made at sign-up.</summary>
    public bool Personal => State.Personal;

    /// <summary>When it wanted a second look at a run.</summary>
    public ApprovalRules ApprovalRules => State.Approvals;

    /// <summary>Who was in it, owners first.</summary>
    public IEnumerable<MemberAt> Members => State.Members.OrderByDescending(member => member.Value)
        .ThenBy(member => member.Key.Value).Select(member => new MemberAt(member.Value) { User = member.Key });
}

/// <summary>A person who was in a project.</summary>
/// <param name="Role">As what.</param>
[ObjectType]
public sealed record MemberAt(Role Role)
{
    internal Id<User> User { get; init; }
}

/// <summary>Who a member was.</summary>
[ObjectType<MemberAt>]
public static class MemberAtFields
{
    /// <summary>Who.</summary>
    public static Task<Person?> GetPersonAsync([Parent] MemberAt member, PersonLoader people) => people.LoadAsync(member.User);
}

/// <summary>What leads from a project as it was to something else.</summary>
[ObjectType<ProjectAtNode>]
public static class ProjectAtFields
{
    /// <summary>Everything that happened to it, oldest first, up to now. Cursors are versions.</summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static EventPage GetEvents([Parent] ProjectAtNode project, int first = EventPages.Usual, string? after = null) =>
        project.Page(first, after);

    /// <summary>What differs from how it was at another moment; without one, what its last event changed.</summary>
    public static Task<IReadOnlyList<DifferenceNode>> GetDifferencesAsync([Parent] ProjectAtNode project, [Service] Past past,
        MomentInput? since = null, bool all = false, CancellationToken cancel = default) =>
        project.DifferencesAsync(past, since, all, "project", ProjectTraits.Of, cancel);
}
