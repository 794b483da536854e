using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Shows one project as its member sees it.</summary>
public sealed class ShowProjectHandler(IDocuments documents, Access access)
{
    /// <summary>The caller's place in it, or NOT_FOUND.</summary>
    public async Task<Result<Membership>> HandleAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        await access.RefusalAsync(caller, project, Operation.ShowProject, "project", cancel) is { } refusal ? refusal
        : await documents.FindAsync<Membership>(Membership.IdOf(project, caller.User!.Value), cancel) is { } member ? member
        : Problem.NotFound("project");
}
