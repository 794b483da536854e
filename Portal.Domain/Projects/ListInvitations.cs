using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>An invitation that waits for an answer, as owners see it.</summary>
/// <param name="View">The invitation.</param>
/// <param name="Address">The mail address that it is for; null where an account is named, or where it was erased.</param>
/// <param name="Expired">Whether its time is up.</param>
public sealed record ListedInvitation(InvitationView View, string? Address, bool Expired);

/// <summary>Lists the invitations of a project that nobody has answered, for its owners.</summary>
public sealed class ListInvitationsHandler(IDocuments documents, Access access, IInvitationAddresses addresses, IChance chance)
{
    /// <summary>A page; the column is <c>invited_at</c>.</summary>
    public async Task<Result<DocumentPage<ListedInvitation>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, project, Operation.ListInvitations, "project", cancel) is { } refusal) return refusal;
        var page = await documents.QueryAsync<InvitationView>(query with
        {
            Where = [.. query.Where, new("project", Comparison.Equal, project.ToString()),
                new("state", Comparison.Equal, nameof(InvitationState.Open))],
        }, cancel);
        var known = await addresses.FindAsync([.. page.Items.Select(view => view.Id)], cancel);
        var now = chance.Now;
        return new DocumentPage<ListedInvitation>(
            [.. page.Items.Select(view => new ListedInvitation(view, known.GetValueOrDefault(view.Id), view.Until <= now))],
            page.Total, page.Next)
        {
            Cursors = page.Cursors,
        };
    }
}
