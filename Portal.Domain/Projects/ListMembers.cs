using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Lists the members of a project, for its members.</summary>
public sealed class ListMembersHandler(IDocuments documents, Access access)
{
    /// <summary>A page; the column is <c>user_id</c>.</summary>
    public Task<Result<DocumentPage<Membership>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel) =>
        ProjectLists.PageAsync<Membership>(documents, access, caller, project, Operation.ListMembers, query, cancel);
}
