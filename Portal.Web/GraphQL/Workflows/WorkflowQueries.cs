using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Workflows;

/// <summary>Which workflows; all conditions that are given must hold.</summary>
/// <param name="Name">Only the one of this name.</param>
public sealed record WorkflowFilter(string? Name = null);

/// <summary>What workflows are sorted by.</summary>
public enum WorkflowOrderField
{
    /// <summary>Their name.</summary>
    Name,
    /// <summary>What people call them.</summary>
    Title,
    /// <summary>When the newest version was added.</summary>
    ChangedAt,
}

/// <summary>How workflows are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Which way.</param>
public sealed record WorkflowOrder(WorkflowOrderField Field, Direction Direction = Direction.Ascending);

/// <summary>Questions about workflows.</summary>
[QueryType]
public static class WorkflowQueries
{
    /// <summary>
    /// The workflows of a project, of the caller's personal one if none is named; null if there is no such project.
    /// </summary>
    [ListSize(Lists.Usual, Arguments = ["first"])]
    public static Task<ListPage<WorkflowNode>?> GetWorkflowsAsync([Caller] Caller caller, ListWorkflowsHandler workflows,
        [Id("Project")] Id<Project>? project = null, WorkflowFilter? where = null, WorkflowOrder? orderBy = null,
        int first = Lists.Usual, string? after = null, CancellationToken cancel = default)
    {
        var query = Lists.Query(first, after, ColumnOf(orderBy?.Field), orderBy?.Direction ?? Direction.Ascending,
            Lists.Where("name", where?.Name));
        return Lists.PageAsync(query, workflows.HandleAsync(caller, caller.ProjectOr(project), query, cancel),
            view => new WorkflowNode(view));
    }

    /// <summary>A workflow; null if there is none.</summary>
    public static Task<WorkflowNode?> GetWorkflowAsync([Id("Workflow")] Id<Workflow> id, [Caller] Caller caller,
        ShowWorkflowHandler workflows, ListWorkflowsHandler listed, CancellationToken cancel) =>
        WorkflowNode.FindAsync(id, caller, workflows, listed, cancel);

    private static string ColumnOf(WorkflowOrderField? field) => field switch
    {
        WorkflowOrderField.Title => "title",
        WorkflowOrderField.ChangedAt => "changed_at",
        _ => "name",
    };
}

/// <summary>What belongs to a workflow.</summary>
[ObjectType<WorkflowNode>]
public static class WorkflowFields
{
    /// <summary>Where it belongs.</summary>
    public static Task<ProjectNode?> GetProjectAsync([Parent] WorkflowNode workflow, ProjectLoader projects) =>
        projects.LoadAsync(workflow.View.Project);

    /// <summary>Every version, oldest first.</summary>
    public static async Task<IReadOnlyList<WorkflowVersion>> GetVersionsAsync([Parent] WorkflowNode workflow,
        VersionsLoader versions) =>
        await versions.LoadAsync(workflow.Id) ?? [];

    /// <summary>One version by its number; null if there is none.</summary>
    [Name("versionOf")]
    public static async Task<WorkflowVersion?> GetVersionAsync([Parent] WorkflowNode workflow, VersionsLoader versions,
        int number) =>
        (await versions.LoadAsync(workflow.Id))?.FirstOrDefault(version => version.Number == number);
}

/// <summary>What belongs to a version.</summary>
[ObjectType<WorkflowVersion>]
public static class WorkflowVersionFields
{
    /// <summary>Who added it.</summary>
    [Name("addedBy")]
    public static Task<Person?> GetPersonAsync([Parent] WorkflowVersion version, PersonLoader people) =>
        people.LoadAsync(version.AddedBy);
}
