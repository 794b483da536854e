using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Shows one project as its member sees it.</summary>
public sealed class ShowProjectHandler(IDocuments documents)
{
    /// <summary>The caller's place in it, or NOT_FOUND.</summary>
    public async Task<Result<Membership>> HandleAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        caller.User is { } user && await documents.FindAsync<Membership>(Membership.IdOf(project, user), cancel) is { } member
            ? member
            : Problem.NotFound("project");
}
