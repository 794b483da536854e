using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Gives a project another name.</summary>
/// <param name="Id">The project.</param>
/// <param name="Name">1 to 80 characters, no control characters.</param>
public sealed record RenameProject(Id<Project> Id, string Name)
{
    /// <summary>Decides on the events, or says what is wrong; the name that it has changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, RenameProject command)
    {
        if (state.Id == default) return Problem.NotFound("project");
        if (Names.Check("name", command.Name, 80) is { } problem) return problem;
        return command.Name.Trim() == state.Name
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new ProjectRenamed(command.Id, command.Name.Trim(), [.. state.Members.Keys]) };
    }
}

/// <summary>Handles <see cref="RenameProject"/>: its owners may.</summary>
public sealed class RenameProjectHandler(Ledger ledger, Access access)
{
    /// <summary>Renames it.</summary>
    public async Task<Result<Project>> HandleAsync(Caller caller, RenameProject command, CancellationToken cancel) =>
        await access.RefusalAsync(caller, command.Id, Operation.RenameProject, "project", cancel) is { } refusal
            ? refusal
            : await ledger.ChangeAsync<Project>(caller, command.Id.Value, state => RenameProject.Decide(state, command), cancel);
}
