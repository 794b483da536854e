using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Quotas;

/// <summary>Shows how a project stands to its quotas.</summary>
public sealed class ShowQuotasHandler(Access access, Standings standings)
{
    /// <summary>The standing, or NOT_FOUND. It is counted behind the tail, and may miss the last moment.</summary>
    public async Task<Result<Standing>> HandleAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        await access.RefusalAsync(caller, project, Operation.ShowQuotas, "project", cancel) is { } refusal
            ? refusal
            : (await standings.OfAsync(project, cancel)).Standing;
}

/// <summary>A project in an administrator's list.</summary>
/// <param name="View">The project.</param>
/// <param name="Standing">How it stands.</param>
public sealed record ListedQuota(QuotaView View, Standing Standing);

/// <summary>Lists all projects of the installation with their quotas.</summary>
public sealed class ListQuotasHandler(IDocuments documents, Access access, Standings standings)
{
    /// <summary>A page for an administrator, in person; the columns are those of <see cref="QuotaViewProjection"/>.</summary>
    public async Task<Result<DocumentPage<ListedQuota>>> HandleAsync(Caller caller, DocumentQuery query, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListQuotas, "quotas", cancel) is { } refusal) return refusal;
        var page = await documents.QueryAsync<QuotaView>(query, cancel);
        var listed = new List<ListedQuota>();
        foreach (var view in page.Items) listed.Add(new(view, (await standings.OfAsync(view.Project, cancel)).Standing));
        return new DocumentPage<ListedQuota>(listed, page.Total, page.Next) { Cursors = page.Cursors };
    }
}
