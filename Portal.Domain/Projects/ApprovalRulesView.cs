using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>The approval rules of one project, as a read model.</summary>
/// <param name="Project">The project.</param>
/// <param name="Rules">What holds.</param>
public sealed record ApprovalRulesView(Id<Project> Project, ApprovalRules Rules)
{
    /// <summary>What holds in a project now.</summary>
    public static async Task<ApprovalRules> FindAsync(IDocuments documents, Id<Project> project, CancellationToken cancel) =>
        (await documents.FindAsync<ApprovalRulesView>(project.ToString(), cancel))?.Rules ?? ApprovalRules.None;
}

/// <summary>Keeps <see cref="ApprovalRulesView"/> in the appending transaction: a rule holds for the very next run.</summary>
public sealed class ApprovalRulesProjection : Projection<ApprovalRulesView>
{
    /// <inheritdoc/>
    public override DocumentTable<ApprovalRulesView> Table { get; } =
        new("approval_rules", view => view.Project.ToString(), [new("asks", "boolean", view => view.Rules.Ask)], []);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(ApprovalRulesChanged)];

    /// <inheritdoc/>
    public override ValueTask ApplyAsync(
        Recorded recorded, IDocumentWriter<ApprovalRulesView> documents, CancellationToken cancel)
    {
        if (recorded.Body is ApprovalRulesChanged changed) documents.Put(new(changed.ProjectId, changed.Rules));
        return ValueTask.CompletedTask;
    }
}
