using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Quotas;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>A project in an auditor's list.</summary>
/// <param name="Place">The project, and the auditor's place in it.</param>
/// <param name="Owner">Who made it: personal projects all have the same name.</param>
public sealed record ListedProject(Membership Place, Id<User> Owner);

/// <summary>Lists all projects of the installation, for its auditors.</summary>
public sealed class AllProjectsHandler(IDocuments documents, Access access)
{
    /// <summary>A page of them by name, each with the caller's place in it: their own where they are a member, an auditor's
    /// elsewhere.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="search">Part of the name; null for all.</param>
    /// <param name="query">Which page: its size, its order's direction and where it goes on.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Result<DocumentPage<ListedProject>>> HandleAsync(
        Caller caller, string? search, DocumentQuery query, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListAllProjects, "projects", cancel) is { } refusal) return refusal;
        var user = caller.User!.Value;
        var page = await documents.QueryAsync<QuotaView>(query with
        {
            Where = search is null ? [] : [new("name", Comparison.Contains, search)], OrderBy = "name",
        }, cancel);
        var ids = page.Items.Select(view => Membership.IdOf(view.Project, user)).ToArray();
        var own = ids.Length == 0 ? [] : (await documents.QueryAsync<Membership>(
            new([new("id", Comparison.In, ids)], Limit: ids.Length), cancel)).Items.ToDictionary(member => member.Project);
        return new DocumentPage<ListedProject>(
            [.. page.Items.Select(view => new ListedProject(
                own.GetValueOrDefault(view.Project) ?? MyProjectsHandler.Seen(view, user), view.Owner))],
            page.Total, page.Next)
        {
            Cursors = page.Cursors,
        };
    }
}
