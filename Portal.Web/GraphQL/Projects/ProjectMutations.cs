using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Projects;

/// <summary>Makes a project.</summary>
/// <param name="Name">What its members shall call it, 1 to 80 characters.</param>
/// <param name="ClientMutationKey">A repeat with the same key is the same project.</param>
public sealed record CreateProjectInput(string Name, Guid? ClientMutationKey = null);

/// <summary>What is done with projects.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class ProjectMutations
{
    /// <summary>Makes a project; the caller becomes its owner.</summary>
    public static Task<MutationResult<ProjectNode>> CreateProjectAsync(CreateProjectInput input, [Caller] Caller caller,
        CreateProjectHandler projects, MyProjectsHandler mine, IChance chance, CancellationToken cancel) =>
        caller.MakeOnceAsync<Project, Project, ProjectNode>(input.ClientMutationKey, chance,
            id => projects.HandleAsync(caller, new(id, input.Name), cancel),
            async id => (await mine.HandleAsync(caller, cancel)).FirstOrDefault(member => member.Project == id) is { } member
                ? new(member)
                : null);
}
