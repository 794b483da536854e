using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;

namespace Portal.Web.GraphQL.Projects;

/// <summary>A project that the caller is a member of, or audits. Everything lives in one.</summary>
/// <param name="member">The caller's place in it.</param>
[Node, ObjectType("Project")]
public sealed class ProjectNode(Membership member)
{
    /// <summary>Its id.</summary>
    public Id<Project> Id => member.Project;

    /// <summary>Its id in REST and in addresses of pages: 32 hex digits.</summary>
    public string Key => Id.ToString();

    /// <summary>Its name.</summary>
    public string Name => member.ProjectName;

    /// <summary>What the caller is in it.</summary>
    public Role Role => member.Role;

    /// <summary>Whether it is the one made at sign-up.</summary>
    public bool Personal => member.Personal;

    /// <summary>Finds it by its id.</summary>
    [NodeResolver]
    public static Task<ProjectNode?> FindAsync(Id<Project> id, ProjectLoader projects) => projects.LoadAsync(id);
}

/// <summary>Finds projects of the caller with one question.</summary>
/// <param name="mine">Finds them.</param>
public sealed class ProjectLoader(MyProjectsHandler mine) : DataLoader<Id<Project>, ProjectNode>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<Project>, ProjectNode> batch, CancellationToken cancel)
    {
        foreach (var member in await mine.FindAsync((Caller)Caller!, [.. batch.Keys], cancel)) batch.Set(member.Project, new(member));
    }
}
