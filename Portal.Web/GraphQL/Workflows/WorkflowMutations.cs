using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Workflows;

/// <summary>A description to be added. A repeat is harmless without a key: the same text again changes nothing.</summary>
/// <param name="Text">The description, YAML.</param>
/// <param name="Project">Where it belongs; the caller's personal project when left out.</param>
public sealed record AddWorkflowInput(string Text, [Id("Project")] Id<Project>? Project = null);

/// <summary>What is done with workflows.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class WorkflowMutations
{
    /// <summary>
    /// Adds a workflow, or a new version of the one that has its name. What is wrong with it is told by line and column.
    /// </summary>
    public static async Task<MutationResult<WorkflowNode>> AddWorkflowAsync(AddWorkflowInput input, [Caller] Caller caller,
        AddWorkflowHandler workflows, ShowWorkflowHandler shown, ListWorkflowsHandler listed, CancellationToken cancel)
    {
        var added = await workflows.HandleAsync(caller, new(caller.ProjectOr(input.Project), input.Text), cancel);
        if (!added.Ok) return Refused.Of<WorkflowNode>(added.Problems);
        return await WorkflowNode.FindAsync(added.Value.Id, caller, shown, listed, cancel) is { } workflow
            ? workflow
            : Refused.Of<WorkflowNode>([Problem.NotFound("workflow")]);
    }
}
