using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>A machine that the caller may do something with, or the refusal.</summary>
public static class MachineAccess
{
    /// <summary>The machine; NOT_FOUND when there is none or its project is not the caller's.</summary>
    public static async Task<Result<MachineView>> FindAsync(
        IDocuments documents, Access access, Caller caller, Id<Machine> id, Operation operation, CancellationToken cancel)
    {
        var machine = await documents.FindAsync<MachineView>(id.ToString(), cancel);
        if (machine is null) return Problem.NotFound("machine");
        return await access.RefusalAsync(caller, machine.Project, operation, "machine", cancel) is { } refusal ? refusal : machine;
    }
}

/// <summary>Shows one machine.</summary>
public sealed class ShowMachineHandler(IDocuments documents, Access access)
{
    /// <summary>The machine, or NOT_FOUND.</summary>
    public Task<Result<MachineView>> HandleAsync(Caller caller, Id<Machine> id, CancellationToken cancel) =>
        MachineAccess.FindAsync(documents, access, caller, id, Operation.ShowMachines, cancel);
}

/// <summary>Lists the machines of a project.</summary>
public sealed class ListMachinesHandler(IDocuments documents, Access access)
{
    /// <summary>A page; the columns are <c>name</c>, <c>host</c>, <c>state</c> and <c>registered_at</c>.</summary>
    public Task<Result<DocumentPage<MachineView>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel) =>
        ProjectLists.PageAsync<MachineView>(documents, access, caller, project, Operation.ShowMachines, query, cancel);
}
