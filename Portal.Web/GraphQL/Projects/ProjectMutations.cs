using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Projects;

/// <summary>Makes a project.</summary>
/// <param name="Name">What its members shall call it, 1 to 80 characters.</param>
/// <param name="ClientMutationKey">A repeat with the same key is the same project.</param>
public sealed record CreateProjectInput(string Name, Guid? ClientMutationKey = null);

/// <summary>Gives a project another name.</summary>
/// <param name="Id">The project.</param>
/// <param name="Name">1 to 80 characters.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record RenameProjectInput([Id("Project")] Id<Project> Id, string Name, Guid? ClientMutationKey = null);

/// <summary>What is done with projects.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class ProjectMutations
{
    /// <summary>Makes a project; the caller becomes its owner.</summary>
    public static Task<MutationResult<ProjectNode>> CreateProjectAsync(CreateProjectInput input, [Caller] Caller caller,
        CreateProjectHandler projects, ShowProjectHandler shown, IChance chance, CancellationToken cancel) =>
        caller.MakeOnceAsync<Project, Project, ProjectNode>(input.ClientMutationKey, chance,
            id => projects.HandleAsync(caller, new(id, input.Name), cancel),
            id => ShownAsync(caller, id, shown, cancel));

    /// <summary>Gives a project another name; owners may.</summary>
    public static Task<MutationResult<ProjectNode>> RenameProjectAsync(RenameProjectInput input, [Caller] Caller caller,
        RenameProjectHandler projects, ShowProjectHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"renameProject {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => projects.HandleAsync(keyed, new(input.Id, input.Name), cancel),
            () => ShownAsync(caller, input.Id, shown, cancel), cancel);
    }

    private static async Task<ProjectNode?> ShownAsync(
        Caller caller, Id<Project> id, ShowProjectHandler shown, CancellationToken cancel) =>
        (await shown.HandleAsync(caller, id, cancel)).OrNull() is { } member ? new(member) : null;
}
