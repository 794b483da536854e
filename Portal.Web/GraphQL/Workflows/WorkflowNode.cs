using Portal.Domain.Common;
using Portal.Domain.Workflows;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Workflows;

/// <summary>A description of what is to be run, with all its revisions.</summary>
/// <param name="view">The workflow.</param>
[Node, ObjectType("Workflow")]
public sealed class WorkflowNode(WorkflowView view)
{
    internal WorkflowView View => view;

    /// <summary>Its id.</summary>
    public Id<Workflow> Id => view.Id;

    /// <summary>Its id in REST and in addresses of pages: 32 hex digits.</summary>
    public string Key => Id.ToString();

    /// <summary>Its name, the same in every version.</summary>
    public string Name => view.Name;

    /// <summary>What people call it.</summary>
    public string Title => view.Title;

    /// <summary>What it does.</summary>
    public string? Summary => view.Summary;

    /// <summary>The number of its newest version.</summary>
    public int Version => view.Version;

    /// <summary>The newest version's text, YAML.</summary>
    public string Text => view.Text;

    /// <summary>When the newest version was added.</summary>
    public DateTimeOffset ChangedAt => view.ChangedAt;

    /// <summary>Finds it by its id.</summary>
    [NodeResolver]
    public static async Task<WorkflowNode?> FindAsync(Id<Workflow> id, [Caller] Caller caller, ShowWorkflowHandler workflows,
        ListWorkflowsHandler listed, CancellationToken cancel)
    {
        if ((await workflows.HandleAsync(caller, id, cancel)).OrNull() is not { } workflow) return null;
        var query = new DocumentQuery([new("id", Comparison.Equal, id.ToString())], Limit: 1);
        var found = (await listed.HandleAsync(caller, workflow.Project, query, cancel)).OrNull();
        return found?.Items is [var view] ? new(view) : null;
    }
}
