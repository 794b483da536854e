using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Makes a project; the caller becomes its owner.</summary>
/// <param name="Id">Chosen by the client, which makes a repeat harmless.</param>
/// <param name="Name">1 to 80 characters, no control characters.</param>
/// <param name="Personal">Whether it is the one made at sign-up.</param>
public sealed record CreateProject(Id<Project> Id, string Name, bool Personal = false)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, CreateProject command, Id<User> owner)
    {
        if (state.Id != default) return state.Members.ContainsKey(owner) ? Result.Of<IReadOnlyList<object>>([]) : Problem.Conflict("project");
        if (Names.Check("name", command.Name, 80) is { } problem) return problem;
        return new object[] { new ProjectCreated(command.Id, command.Name.Trim(), owner, command.Personal) };
    }
}

/// <summary>Handles <see cref="CreateProject"/>: anyone signed in may.</summary>
public sealed class CreateProjectHandler(Ledger ledger, Access access)
{
    /// <summary>Makes it.</summary>
    public async Task<Result<Project>> HandleAsync(Caller caller, CreateProject command, CancellationToken cancel) =>
        await access.RefusalAsync(caller, Operation.CreateProject, "project", cancel) is { } refusal
            ? refusal
            : await ledger.ChangeAsync<Project>(caller, command.Id.Value,
                state => CreateProject.Decide(state, command, caller.User!.Value), cancel);
}
