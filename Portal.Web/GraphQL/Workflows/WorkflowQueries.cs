using System.Globalization;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.Domain.Workflows.Description;
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
    public static Task<ListPage<WorkflowNode>?> GetWorkflowsAsync([Caller] Caller caller, ListWorkflowsHandler workflows,
        [PageSize(Lists.Largest, Lists.Usual)] Paging page, [Id("Project")] Id<Project>? project = null,
        WorkflowFilter? where = null, WorkflowOrder? orderBy = null, CancellationToken cancel = default)
    {
        var query = Lists.Query(page, ColumnOf(orderBy?.Field), orderBy?.Direction ?? Direction.Ascending,
            Lists.Where("name", where?.Name));
        return Lists.PageAsync(query, asked => workflows.HandleAsync(caller, caller.ProjectOr(project), asked, cancel),
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
    public static async Task<ListPage<WorkflowVersion>> GetVersionsAsync([Parent] WorkflowNode workflow,
        VersionsLoader versions, [PageSize(Lists.Largest, Lists.Usual)] Paging page) =>
        Lists.Page(await versions.LoadAsync(workflow.Id) ?? [], page,
            version => version.Number.ToString(CultureInfo.InvariantCulture));

    /// <summary>What a run of the newest version may be given, in the order of the description: the fields of a form.</summary>
    public static IReadOnlyList<ParameterDefinition> GetParameters([Parent] WorkflowNode workflow) =>
        ParameterFields.Of(workflow.Text);

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

    /// <summary>What a run of it may be given, in the order of the description: the fields of a form.</summary>
    public static IReadOnlyList<ParameterDefinition> GetParameters([Parent] WorkflowVersion version) =>
        ParameterFields.Of(version.Text);
}
