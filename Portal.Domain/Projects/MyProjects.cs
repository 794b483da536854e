using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>The projects that the caller is a member of, by name; for a token that is for one project, that one.</summary>
public sealed class MyProjectsHandler(IDocuments documents)
{
    /// <summary>At most 500.</summary>
    public async Task<IReadOnlyList<Membership>> HandleAsync(Caller caller, CancellationToken cancel) =>
        caller.User is not { } user ? [] : [.. (await documents.QueryAsync<Membership>(new(
            [new("user_id", Comparison.Equal, user.ToString())], "project_name", Limit: 500), cancel)).Items
            .Where(member => caller.Token?.Project is not { } only || member.Project == only)];
}
