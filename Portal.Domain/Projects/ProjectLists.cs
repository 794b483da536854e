using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Lists of what belongs to a project.</summary>
public static class ProjectLists
{
    /// <summary>A page of the documents whose column <c>project</c> names the project; NOT_FOUND for who is no member of it.</summary>
    public static async Task<Result<DocumentPage<T>>> PageAsync<T>(
        IDocuments documents, Access access, Caller caller, Id<Project> project, Operation operation,
        DocumentQuery query, CancellationToken cancel) where T : class =>
        await access.RefusalAsync(caller, project, operation, "project", cancel) is { } refusal
            ? refusal
            : await documents.QueryAsync<T>(query with
            {
                Where = [.. query.Where, new("project", Comparison.Equal, project.ToString())],
            }, cancel);
}
