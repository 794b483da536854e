using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>A machine, and the project through which the caller gets to it.</summary>
/// <param name="Machine">The machine; of what it is shared with, the others hear nothing of one another.</param>
/// <param name="Project">Its own project, or one that it is shared with.</param>
public sealed record ReachedMachine(MachineView Machine, Id<Project> Project);

/// <summary>A machine that the caller may do something with, or the refusal.</summary>
public static class MachineAccess
{
    /// <summary>The machine; NOT_FOUND when there is none or no project that has it is the caller's.</summary>
    public static async Task<Result<MachineView>> FindAsync(
        IDocuments documents, Access access, Caller caller, Id<Machine> id, Operation operation, CancellationToken cancel) =>
        (await ReachAsync(documents, access, caller, id, operation, null, cancel)).Then(reached => Result.Of(reached.Machine));

    /// <summary>The same, with the project through which that is.</summary>
    /// <param name="documents">Read models.</param>
    /// <param name="access">Asks.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The machine.</param>
    /// <param name="operation">What for. What is kept by the machine's own project alone is asked for there.</param>
    /// <param name="within">The project that is meant; null for the machine's own, or where the caller is in one that it is
    /// shared with alone, that one.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Result<ReachedMachine>> ReachAsync(IDocuments documents, Access access, Caller caller,
        Id<Machine> id, Operation operation, Id<Project>? within, CancellationToken cancel)
    {
        var machine = await documents.FindAsync<MachineView>(id.ToString(), cancel);
        if (machine is null || (within is { } meant && !machine.Serves(meant))) return Problem.NotFound("machine");
        var project = within ?? (machine.Shares.Count == 0 || !IsShared(operation)
            ? machine.Project : await WhereAsync(documents, caller, machine, operation, cancel));
        return await access.RefusalAsync(caller, project, operation, "machine", cancel) is { } refusal
            ? refusal
            : new ReachedMachine(machine.As(project), project);
    }

    // Settings and host keys are kept by the machine's own project; sharing gives away its use.
    private static bool IsShared(Operation operation) => operation is Operation.ShowMachines or Operation.ShowCredential
        or Operation.CreateCredential or Operation.TestConnection or Operation.SubmitRun or Operation.RetryRun;

    private static async Task<Id<Project>> WhereAsync(
        IDocuments documents, Caller caller, MachineView machine, Operation operation, CancellationToken cancel)
    {
        Id<Project>? seen = null;
        foreach (var project in machine.Shares.Select(share => share.Project).Prepend(machine.Project))
        {
            if (caller.User is not { } user || (caller.Token?.Project is { } only && only != project)) continue;
            if (await documents.FindAsync<Membership>(Membership.IdOf(project, user), cancel) is not { } member) continue;
            if (Policy.Of(operation).Permission is not { } needed || Policy.Allows(member.Role, needed)) return project;
            seen ??= project;
        }
        return seen ?? machine.Project;
    }
}

/// <summary>Shows one machine.</summary>
public sealed class ShowMachineHandler(IDocuments documents, Access access)
{
    /// <summary>The machine, or NOT_FOUND.</summary>
    public Task<Result<MachineView>> HandleAsync(Caller caller, Id<Machine> id, CancellationToken cancel) =>
        MachineAccess.FindAsync(documents, access, caller, id, Operation.ShowMachines, cancel);
}

/// <summary>Lists the machines of a project, and those that are shared with it.</summary>
public sealed class ListMachinesHandler(IDocuments documents, Access access)
{
    /// <summary>A page; the columns are <c>name</c>, <c>host</c>, <c>state</c> and <c>registered_at</c>.</summary>
    public async Task<Result<DocumentPage<MachineView>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, project, Operation.ShowMachines, "project", cancel) is { } refusal) return refusal;
        var page = await documents.QueryAsync<MachineView>(query with
        {
            Where = [.. query.Where, new("projects", Comparison.Contains, project.ToString())],
        }, cancel);
        return page with { Items = [.. page.Items.Select(machine => machine.As(project))] };
    }
}
