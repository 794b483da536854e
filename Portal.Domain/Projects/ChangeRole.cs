using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Gives a member another role.</summary>
/// <param name="Project">The project.</param>
/// <param name="Person">The member.</param>
/// <param name="Role">What they shall be.</param>
public sealed record ChangeRole(Id<Project> Project, Id<User> Person, Role Role)
{
    /// <summary>Decides on the events, or says what is wrong; the role that they have changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, ChangeRole command)
    {
        if (!state.Members.TryGetValue(command.Person, out var role)) return Problem.NotFound("member");
        if (!Enum.IsDefined(command.Role)) return Problem.Invalid("role", "There is no such role.");
        if (role == command.Role) return Result.Of<IReadOnlyList<object>>([]);
        if (state.IsLastOwner(command.Person))
            return new Problem("LAST_OWNER", "This is the only owner of the project, and stays one.", "role",
                Advice: "Make another member an owner first.");
        return new object[] { new MemberAdded(command.Project, state.Name, command.Person, command.Role) };
    }
}

/// <summary>Handles <see cref="ChangeRole"/>: owners may.</summary>
public sealed class ChangeRoleHandler(Ledger ledger, Access access, ISubmitterGone gone)
{
    /// <summary>Changes it. Who may not submit any more gets back the keys that their runs were lent.</summary>
    public async Task<Result<Project>> HandleAsync(Caller caller, ChangeRole command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.ChangeRole, "project", cancel) is { } refusal)
            return refusal;
        var written = await ledger.ChangeAsync<Project>(caller, command.Project.Value,
            state => ChangeRole.Decide(state, command), cancel);
        if (written.Ok && !Policy.Allows(command.Role, Permission.Submit))
            await gone.GoneAsync(caller, command.Project, command.Person, CancellationToken.None);
        return written;
    }
}
