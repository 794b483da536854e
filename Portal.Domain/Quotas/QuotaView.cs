using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Quotas;

/// <summary>A project as administrators see it, and what was said of its quotas.</summary>
/// <param name="Project">The project.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Who made it.</param>
/// <param name="Personal">Whether it is the one made at sign-up.</param>
/// <param name="Limits">What administrators set; null leaves it to the installation.</param>
public sealed record QuotaView(Id<Project> Project, string Name, Id<User> Owner, bool Personal, QuotaLimits Limits);

/// <summary>Keeps <see cref="QuotaView"/> in the appending transaction: a quota that was changed holds at once.</summary>
public sealed class QuotaViewProjection : Projection<QuotaView>
{
    /// <inheritdoc/>
    public override DocumentTable<QuotaView> Table { get; } = new(
        "quotas", quota => quota.Project.ToString(),
        [
            new("name", "text", quota => quota.Name),
            new("personal", "boolean", quota => quota.Personal),
            new("limited", "boolean", quota => !quota.Limits.Nothing),
        ],
        ["name", "personal, name"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(ProjectCreated), typeof(ProjectRenamed), typeof(ProjectQuotaChanged)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<QuotaView> documents, CancellationToken cancel)
    {
        switch (recorded.Body)
        {
            case ProjectCreated created:
                documents.Put(new(created.ProjectId, created.Name, created.Owner, created.Personal, new()));
                break;
            case ProjectRenamed renamed when await documents.FindAsync(renamed.ProjectId.ToString(), cancel) is { } view:
                documents.Put(view with { Name = renamed.Name });
                break;
            case ProjectQuotaChanged changed when await documents.FindAsync(changed.ProjectId.ToString(), cancel) is { } view:
                documents.Put(view with { Limits = changed.Limits });
                break;
        }
    }
}
