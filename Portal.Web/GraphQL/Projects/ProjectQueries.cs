using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Projects;

/// <summary>Who asks.</summary>
/// <param name="Id">Who.</param>
/// <param name="Administrator">Whether they administer the installation.</param>
[ObjectType("Viewer")]
public sealed record Viewer([property: Id("Person")] Id<User> Id, bool Administrator);

/// <summary>Questions about who asks, and where they are a member.</summary>
[QueryType]
public static class ProjectQueries
{
    /// <summary>Who asks; null for the portal itself.</summary>
    public static Viewer? GetViewer([Caller] Caller caller) => caller.User is { } user ? new(user, caller.Administrator) : null;

    /// <summary>A project; null if the caller is no member of it, nor an auditor of the installation.</summary>
    public static Task<ProjectNode?> GetProjectAsync([Id("Project")] Id<Project> id, ProjectLoader projects) =>
        projects.LoadAsync(id);

    /// <summary>All projects of the installation by name, for its auditors.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="projects">The handler.</param>
    /// <param name="page">Which page.</param>
    /// <param name="search">Part of the name.</param>
    /// <param name="cancel">Ends the question.</param>
    public static Task<ListPage<ProjectNode>?> GetProjectsAsync([Caller] Caller caller, AllProjectsHandler projects,
        [PageSize(Lists.Largest, Lists.Usual)] Paging page, string? search = null, CancellationToken cancel = default) =>
        Lists.PageAsync(Lists.Query(page, "name", Direction.Ascending),
            asked => projects.HandleAsync(caller, search, asked, cancel), listed => new ProjectNode(listed.Place));

    // Where no project is named, the personal one is meant: it bears its owner's id.
    internal static Id<Project> ProjectOr(this Caller caller, Id<Project>? asked) =>
        asked ?? new Id<Project>(caller.User?.Value ?? Guid.Empty);
}

/// <summary>What is known of who asks.</summary>
[ObjectType<Viewer>]
public static class ViewerFields
{
    /// <summary>The name that others see.</summary>
    public static async Task<string?> GetNameAsync([Parent] Viewer viewer, PersonLoader people) =>
        (await people.LoadAsync(viewer.Id))?.Name;

    /// <summary>Whether they audit the installation: see everything in every project, and change nothing.</summary>
    public static Task<bool> GetAuditorAsync([Parent] Viewer viewer, [Caller] Caller caller, [Service] AccountAccess accounts,
        CancellationToken cancel) => accounts.AuditsAsync(caller, cancel);

    /// <summary>The projects that they are a member of, by name.</summary>
    public static async Task<ListPage<ProjectNode>> GetProjectsAsync([Parent] Viewer viewer, [Caller] Caller caller,
        MyProjectsHandler projects, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel)
    {
        var all = (await projects.HandleAsync(caller, cancel)).Select(member => new ProjectNode(member)).ToList();
        return Lists.Page(all, page, project => project.Key);
    }
}
