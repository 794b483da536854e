using Portal.Domain.Common;

namespace Portal.Domain.Projects;

/// <summary>Takes the caller out of a project.</summary>
/// <param name="Project">The project.</param>
public sealed record LeaveProject(Id<Project> Project);

/// <summary>Handles <see cref="LeaveProject"/>: every member may, but for the last owner.</summary>
public sealed class LeaveProjectHandler(Ledger ledger, Access access, ISubmitterGone gone)
{
    /// <summary>Leaves it; it does not exist for the caller from then on, and nothing runs there with their keys.</summary>
    public async Task<Result<Project>> HandleAsync(Caller caller, LeaveProject command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.LeaveProject, "project", cancel) is { } refusal) return refusal;
        var me = caller.User!.Value;
        var written = await ledger.ChangeAsync<Project>(caller, command.Project.Value,
            state => RemoveMember.Decide(state, new(command.Project, me)), cancel);
        if (written.Ok) await gone.GoneAsync(caller, command.Project, me, CancellationToken.None);
        return written;
    }
}
