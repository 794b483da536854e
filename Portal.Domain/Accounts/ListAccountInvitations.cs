using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>An invitation to the installation that nobody has used, as administrators see it.</summary>
/// <param name="View">The invitation.</param>
/// <param name="Address">The mail address that it is for; null where it was erased.</param>
/// <param name="Expired">Whether its time is up.</param>
public sealed record ListedAccountInvitation(AccountInvitationView View, string? Address, bool Expired);

/// <summary>Lists the invitations to the installation that nobody has used, for administrators.</summary>
public sealed class ListAccountInvitationsHandler(IDocuments documents, AccountAccess access, IInvitationAddresses addresses, IChance chance)
{
    /// <summary>A page; the column is <c>invited_at</c>.</summary>
    public async Task<Result<DocumentPage<ListedAccountInvitation>>> HandleAsync(
        Caller caller, DocumentQuery query, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListAccountInvitations, "page", cancel) is { } refusal) return refusal;
        var page = await documents.QueryAsync<AccountInvitationView>(query with
        {
            Where = [.. query.Where, new("state", Comparison.Equal, nameof(AccountInvitationState.Open))],
        }, cancel);
        var known = await addresses.FindAsync([.. page.Items.Select(view => new Id<Invitation>(view.Id.Value))], cancel);
        var now = chance.Now;
        return new DocumentPage<ListedAccountInvitation>(
            [.. page.Items.Select(view => new ListedAccountInvitation(
                view, known.GetValueOrDefault(new Id<Invitation>(view.Id.Value)), view.Until <= now))],
            page.Total, page.Next)
        {
            Cursors = page.Cursors,
        };
    }
}
