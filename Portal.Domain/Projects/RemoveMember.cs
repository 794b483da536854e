using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Told when a person may not submit in a project any more: what was begun with their key there does not go on with it.
/// Repeats must be harmless.</summary>
public interface ISubmitterGone
{
    /// <summary>The person is no longer a member, or in a role that submits nothing.</summary>
    Task GoneAsync(Caller caller, Id<Project> project, Id<User> user, CancellationToken cancel);
}

/// <summary>Takes a member out of a project.</summary>
/// <param name="Project">The project.</param>
/// <param name="Person">The member.</param>
public sealed record RemoveMember(Id<Project> Project, Id<User> Person)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    public static Result<IReadOnlyList<object>> Decide(Project state, RemoveMember command)
    {
        if (!state.Members.ContainsKey(command.Person)) return Problem.NotFound("member");
        if (state.IsLastOwner(command.Person))
            return new Problem("LAST_OWNER", "This is the only owner of the project, and cannot go.", "person",
                Advice: "Make another member an owner first.");
        return new object[] { new MemberRemoved(command.Project, command.Person) };
    }
}

/// <summary>Handles <see cref="RemoveMember"/>: owners may.</summary>
public sealed class RemoveMemberHandler(Ledger ledger, Access access, ISubmitterGone gone)
{
    /// <summary>Removes them; the project does not exist for them from then on, and nothing runs there with their keys.</summary>
    public async Task<Result<Project>> HandleAsync(Caller caller, RemoveMember command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.RemoveMember, "project", cancel) is { } refusal)
            return refusal;
        var written = await ledger.ChangeAsync<Project>(caller, command.Project.Value,
            state => RemoveMember.Decide(state, command), cancel);
        if (written.Ok) await gone.GoneAsync(caller, command.Project, command.Person, CancellationToken.None);
        return written;
    }
}
