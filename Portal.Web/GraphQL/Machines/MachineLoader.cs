using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Machines;

/// <summary>Finds machines of which project and id are known, with one question for each project.</summary>
/// <param name="machines">Lists them.</param>
public sealed class MachineLoader(ListMachinesHandler machines) : DataLoader<(Id<Project> Project, Id<Machine> Id), MachineNode>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<(Id<Project> Project, Id<Machine> Id), MachineNode> batch,
        CancellationToken cancel)
    {
        foreach (var keys in batch.Keys.GroupBy(key => key.Project, key => key.Id.ToString()))
        {
            var ids = keys.ToArray();
            var query = new DocumentQuery([new("id", Comparison.In, ids)], Limit: ids.Length);
            var found = (await machines.HandleAsync((Caller)Caller!, keys.Key, query, cancel)).OrNull();
            foreach (var view in found?.Items ?? []) batch.Set((keys.Key, view.Id), new(view));
        }
    }
}
