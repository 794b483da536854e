using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Workflows;

/// <summary>One immutable revision of a workflow.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">The description's exact text.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="AddedAt">When.</param>
public sealed record WorkflowVersion(int Number, string Text, Id<User> AddedBy, DateTimeOffset AddedAt);

/// <summary>A description and its revisions.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">The project it belongs to.</param>
/// <param name="Name">Its name, the same in every version.</param>
/// <param name="Versions">Oldest first.</param>
public sealed record Workflow(Id<Workflow> Id, Id<Project> Project, string Name, IReadOnlyList<WorkflowVersion> Versions) : IAggregate<Workflow>
{
    /// <inheritdoc/>
    public static string Prefix => "workflow";

    /// <inheritdoc/>
    public static Workflow Empty { get; } = new(default, default, "", []);

    /// <inheritdoc/>
    public Workflow Apply(Recorded recorded) => recorded.Body switch
    {
        WorkflowAdded added => this with { Id = added.WorkflowId, Project = added.ProjectId, Name = added.Name },
        WorkflowVersionAdded added => this with { Versions = [.. Versions, new(added.Version, added.Text, added.AddedBy, recorded.Time)] },
        _ => this,
    };
}

/// <summary>A workflow came into being.</summary>
[EventType("workflow_added")]
public sealed record WorkflowAdded(Id<Workflow> WorkflowId, Id<Project> ProjectId, string Name) : IBelongsToProject;

/// <summary>A revision was added; it never changes.</summary>
[EventType("workflow_version_added")]
public sealed record WorkflowVersionAdded(Id<Workflow> WorkflowId, int Version, string Title, string? Summary, string Text, Id<User> AddedBy);

/// <summary>A workflow as lists see it, with its newest text.</summary>
public sealed record WorkflowView(
    Id<Workflow> Id, Id<Project> Project, string Name, string Title, string? Summary, int Version, string Text, DateTimeOffset ChangedAt);

/// <summary>Keeps <see cref="WorkflowView"/> in the appending transaction: what was added can be run at once.</summary>
public sealed class WorkflowViewProjection : Projection<WorkflowView>
{
    /// <inheritdoc/>
    public override DocumentTable<WorkflowView> Table { get; } = new(
        "workflows", workflow => workflow.Id.ToString(),
        [
            new("project", "text", workflow => workflow.Project.ToString()),
            new("name", "text", workflow => workflow.Name),
            new("title", "text", workflow => workflow.Title),
            new("changed_at", "timestamptz", workflow => workflow.ChangedAt),
        ],
        ["unique:project, name", "project, changed_at desc"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(WorkflowAdded), typeof(WorkflowVersionAdded)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<WorkflowView> documents, CancellationToken cancel)
    {
        switch (recorded.Body)
        {
            case WorkflowAdded added:
                documents.Put(new(added.WorkflowId, added.ProjectId, added.Name, added.Name, null, 0, "", recorded.Time));
                break;
            case WorkflowVersionAdded version when await documents.FindAsync(version.WorkflowId.ToString(), cancel) is { } view:
                documents.Put(view with
                {
                    Title = version.Title, Summary = version.Summary, Version = version.Version, Text = version.Text, ChangedAt = recorded.Time,
                });
                break;
        }
    }
}
