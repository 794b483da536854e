using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Makes somebody a member because of what a sign-in provider says of them, or takes that back.</summary>
/// <param name="Project">The project.</param>
/// <param name="Person">Who.</param>
/// <param name="Role">What the provider makes them; null for nothing any more.</param>
/// <param name="Given">Whether what they are was given that way: what owners gave is neither lessened nor taken.</param>
public sealed record GrantRole(Id<Project> Project, Id<User> Person, Role? Role, bool Given)
{
    /// <summary>Decides on the events, or says what is wrong. The last owner stays one.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, GrantRole command)
    {
        if (state.Id == default) return Problem.NotFound("project");
        if (state.Personal) return new Problem("PERSONAL_PROJECT", "A personal project takes no members.", "project");
        Role? has = state.Members.TryGetValue(command.Person, out var role) ? role : null;
        var keeps = has == command.Role
            || (has is not null && !command.Given && (command.Role is null || has > command.Role))
            || (state.IsLastOwner(command.Person) && command.Role != Projects.Role.Owner);
        return keeps ? Result.Of<IReadOnlyList<object>>([])
            : command.Role is { } wanted
                ? new object[] { new MemberAdded(command.Project, state.Name, command.Person, wanted) }
                : new object[] { new MemberRemoved(command.Project, command.Person) };
    }
}

/// <summary>Handles <see cref="GrantRole"/>: the portal itself may, where a provider is configured to, and owners.</summary>
public sealed class GrantRoleHandler(Ledger ledger, Access access, ISubmitterGone gone)
{
    /// <summary>Does it. Who may not submit any more gets back the keys that their runs were lent.</summary>
    /// <returns>Whether anything changed.</returns>
    public async Task<Result<bool>> HandleAsync(Caller caller, GrantRole command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.ChangeRole, "project", cancel) is { } refusal)
            return refusal;
        var changed = false;
        var written = await ledger.ChangeAsync<Project>(caller, command.Project.Value, state =>
        {
            var decided = GrantRole.Decide(state, command);
            changed = decided is { Ok: true, Value.Count: > 0 };
            return decided;
        }, cancel);
        if (!written.Ok) return Result.Refused<bool>(written.Problems);
        if (changed && (command.Role is not { } role || !Policy.Allows(role, Permission.Submit)))
            await gone.GoneAsync(caller, command.Project, command.Person, CancellationToken.None);
        return changed;
    }
}
