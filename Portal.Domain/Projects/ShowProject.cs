using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Shows one project as its member sees it, or an auditor of the installation.</summary>
public sealed class ShowProjectHandler(MyProjectsHandler projects, Access access)
{
    /// <summary>The caller's place in it, or NOT_FOUND.</summary>
    public async Task<Result<Membership>> HandleAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        await access.RefusalAsync(caller, project, Operation.ShowProject, "project", cancel) is { } refusal ? refusal
        : await projects.FindAsync(caller, [project], cancel) is [var member] ? member
        : Problem.NotFound("project");
}
