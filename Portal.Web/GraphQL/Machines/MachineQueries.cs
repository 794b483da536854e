using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Machines;

/// <summary>Which machines; all conditions that are given must hold.</summary>
/// <param name="Name">Only the one of this name.</param>
/// <param name="State">Only those in this state.</param>
public sealed record MachineFilter(string? Name = null, MachineState? State = null);

/// <summary>What machines are sorted by.</summary>
public enum MachineOrderField
{
    /// <summary>Their name.</summary>
    Name,
    /// <summary>The login node.</summary>
    Host,
    /// <summary>What they need.</summary>
    State,
    /// <summary>When they were registered.</summary>
    RegisteredAt,
}

/// <summary>How machines are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Which way.</param>
public sealed record MachineOrder(MachineOrderField Field, Direction Direction = Direction.Ascending);

/// <summary>Questions about machines.</summary>
[QueryType]
public static class MachineQueries
{
    /// <summary>
    /// The machines of a project, of the caller's personal one if none is named; null if there is no such project.
    /// </summary>
    public static Task<ListPage<MachineNode>?> GetMachinesAsync([Caller] Caller caller, ListMachinesHandler machines,
        [PageSize(Lists.Largest, Lists.Usual)] Paging page, [Id("Project")] Id<Project>? project = null,
        MachineFilter? where = null, MachineOrder? orderBy = null, CancellationToken cancel = default)
    {
        var query = Lists.Query(page, ColumnOf(orderBy?.Field), orderBy?.Direction ?? Direction.Ascending,
            Lists.Where("name", where?.Name), Lists.Where("state", where?.State?.ToString()));
        return Lists.PageAsync(query, asked => machines.HandleAsync(caller, caller.ProjectOr(project), asked, cancel),
            view => new MachineNode(view));
    }

    /// <summary>A machine; null if there is none.</summary>
    public static Task<MachineNode?> GetMachineAsync(
        [Id("Machine")] Id<Machine> id, [Caller] Caller caller, ShowMachineHandler machines, CancellationToken cancel) =>
        MachineNode.FindAsync(id, caller, machines, cancel);

    private static string ColumnOf(MachineOrderField? field) => field switch
    {
        MachineOrderField.Host => "host",
        MachineOrderField.State => "state",
        MachineOrderField.RegisteredAt => "registered_at",
        _ => "name",
    };
}

/// <summary>What belongs to a machine.</summary>
[ObjectType<MachineNode>]
public static class MachineFields
{
    /// <summary>Where it belongs.</summary>
    public static Task<ProjectNode?> GetProjectAsync([Parent] MachineNode machine, ProjectLoader projects) =>
        projects.LoadAsync(machine.View.Project);
}
