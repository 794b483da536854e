using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.Domain.Workflows.Description;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Workflows;

/// <summary>A description to be added.</summary>
/// <param name="Text">The description, YAML. The same text as that of the newest version changes nothing.</param>
/// <param name="Project">Where it belongs; the caller's personal project when left out.</param>
/// <param name="ClientMutationKey">A repeat with the same key adds nothing more, whatever was added meanwhile.</param>
public sealed record AddWorkflowInput(
    string Text, [Id("Project")] Id<Project>? Project = null, Guid? ClientMutationKey = null);

/// <summary>What is done with workflows.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class WorkflowMutations
{
    /// <summary>
    /// Adds a workflow, or a new version of the one that has its name. What is wrong with it is told by line and column.
    /// </summary>
    public static async Task<MutationResult<WorkflowNode>> AddWorkflowAsync(AddWorkflowInput input, [Caller] Caller caller,
        AddWorkflowHandler workflows, WorkflowLoader named, ShowWorkflowHandler shown, ListWorkflowsHandler listed,
        FindRepeatHandler repeats, CancellationToken cancel)
    {
        var project = caller.ProjectOr(input.Project);
        var keyed = caller.WithKey($"addWorkflow {project}", input.ClientMutationKey);
        if (input.ClientMutationKey is not null && WorkflowParser.Parse(input.Text).Value is { } description
            && await named.LoadAsync((project, description.Name), cancel) is { } earlier
            && (await repeats.HandleAsync<Workflow>(keyed, earlier.Id.Value, cancel)).Count > 0)
            return earlier;
        var added = await workflows.HandleAsync(keyed, new(project, input.Text), cancel);
        if (!added.Ok) return Refused.Of<WorkflowNode>(added.Problems);
        return await WorkflowNode.FindAsync(added.Value.Id, caller, shown, listed, cancel) is { } workflow
            ? workflow
            : Refused.Of<WorkflowNode>([Problem.NotFound("workflow")]);
    }
}
