using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;

namespace Portal.Domain.Workflows;

/// <summary>Adds a workflow, or a new version of the one that has its name in the project.</summary>
/// <param name="Project">Where it belongs.</param>
/// <param name="Text">The description.</param>
public sealed record AddWorkflow(Id<Project> Project, string Text)
{
    /// <summary>Decides on the events; the same text again changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Workflow state, Id<Workflow> id, AddWorkflow command, WorkflowDescription description, Id<User> addedBy)
    {
        if (state.Versions is [.., var newest] && newest.Text == command.Text) return Result.Of<IReadOnlyList<object>>([]);
        var version = new WorkflowVersionAdded(id, state.Versions.Count + 1, description.Title, description.Description, command.Text, addedBy);
        return state.Id == default
            ? new object[] { new WorkflowAdded(id, command.Project, description.Name), version }
            : new object[] { version };
    }
}

/// <summary>Handles <see cref="AddWorkflow"/>: keepers of contents may.</summary>
public sealed class AddWorkflowHandler(Ledger ledger, Access access, IDocuments documents, IChance chance)
{
    /// <summary>Reads the description and adds it; what is wrong with it is named by line and column.</summary>
    public async Task<Result<Workflow>> HandleAsync(Caller caller, AddWorkflow command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.AddWorkflow, "project", cancel) is { } refusal) return refusal;
        var description = WorkflowParser.Parse(command.Text);
        if (!description.Ok) return Result.Refused<Workflow>(description.Problems);
        // Of two who add the first version of one name at the same moment, the second adds to what the first made.
        var added = await AddAsync(caller, command, description.Value, cancel);
        return added is { Problems: [{ Code: "CONFLICT" }, ..] } ? await AddAsync(caller, command, description.Value, cancel) : added;
    }

    private async Task<Result<Workflow>> AddAsync(
        Caller caller, AddWorkflow command, WorkflowDescription description, CancellationToken cancel)
    {
        var same = await documents.QueryAsync<WorkflowView>(new(
            [new("project", Comparison.Equal, command.Project.ToString()), new("name", Comparison.Equal, description.Name)], Limit: 1), cancel);
        var id = same.Items is [var view] ? view.Id : new Id<Workflow>(chance.NewGuid());
        return await ledger.ChangeAsync<Workflow>(caller, id.Value,
            state => AddWorkflow.Decide(state, id, command, description, caller.User!.Value), cancel);
    }
}

/// <summary>Shows one workflow with all its versions.</summary>
public sealed class ShowWorkflowHandler(Ledger ledger, Access access)
{
    /// <summary>The workflow, or NOT_FOUND.</summary>
    public async Task<Result<Workflow>> HandleAsync(Caller caller, Id<Workflow> id, CancellationToken cancel)
    {
        var workflow = (await ledger.LoadAsync<Workflow>(id.Value, cancel)).State;
        if (workflow.Id == default) return Problem.NotFound("workflow");
        return await access.RefusalAsync(caller, workflow.Project, Operation.ShowWorkflows, "workflow", cancel) is { } refusal ? refusal : workflow;
    }
}

/// <summary>Reads many workflows with all their versions, folding each as its events pass, for lists.</summary>
public sealed class ReadWorkflowsHandler(IEventStore store, Access access)
{
    /// <summary>Those that exist for the caller.</summary>
    public async Task<IReadOnlyList<Workflow>> HandleAsync(
        Caller caller, IReadOnlyCollection<Id<Workflow>> ids, CancellationToken cancel)
    {
        var (workflows, found) = (new List<Workflow>(), new List<Workflow>());
        await foreach (var events in store.ReadEachAsync([.. ids.Select(id => Ledger.StreamOf<Workflow>(id.Value))], cancel))
            workflows.Add(Folded(events));
        foreach (var project in workflows.GroupBy(workflow => workflow.Project))
            if (await access.RefusalAsync(caller, project.Key, Operation.ShowWorkflows, "workflow", cancel) is null) found.AddRange(project);
        return found;
    }

    private static Workflow Folded(IReadOnlyList<Recorded> events) =>
        events.Aggregate(Workflow.Empty, (workflow, recorded) => workflow.Apply(recorded));
}

/// <summary>Lists the workflows of a project.</summary>
public sealed class ListWorkflowsHandler(IDocuments documents, Access access)
{
    /// <summary>A page; the columns are <c>name</c>, <c>title</c> and <c>changed_at</c>.</summary>
    public Task<Result<DocumentPage<WorkflowView>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel) =>
        ProjectLists.PageAsync<WorkflowView>(documents, access, caller, project, Operation.ShowWorkflows, query, cancel);
}
