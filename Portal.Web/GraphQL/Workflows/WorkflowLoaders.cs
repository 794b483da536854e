using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.EventStore;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Workflows;

/// <summary>Finds workflows of which project and name are known, with one question for each project.</summary>
/// <param name="workflows">Lists them.</param>
public sealed class WorkflowLoader(ListWorkflowsHandler workflows) : DataLoader<(Id<Project> Project, string Name), WorkflowNode>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<(Id<Project> Project, string Name), WorkflowNode> batch,
        CancellationToken cancel)
    {
        foreach (var keys in batch.Keys.GroupBy(key => key.Project, key => key.Name))
        {
            var names = keys.ToArray();
            var query = new DocumentQuery([new("name", Comparison.In, names)], Limit: names.Length);
            var found = (await workflows.HandleAsync((Caller)Caller!, keys.Key, query, cancel)).OrNull();
            foreach (var view in found?.Items ?? []) batch.Set((keys.Key, view.Name), new(view));
        }
    }
}

/// <summary>Reads the versions of workflows, of all of them with one question.</summary>
/// <param name="workflows">Reads them.</param>
public sealed class VersionsLoader(ReadWorkflowsHandler workflows) : DataLoader<Id<Workflow>, IReadOnlyList<WorkflowVersion>>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<Workflow>, IReadOnlyList<WorkflowVersion>> batch, CancellationToken cancel)
    {
        foreach (var workflow in await workflows.HandleAsync((Caller)Caller!, [.. batch.Keys], cancel))
            batch.Set(workflow.Id, workflow.Versions);
    }
}
