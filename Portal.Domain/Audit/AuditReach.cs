using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Whose events somebody may read.</summary>
/// <param name="Projects">Of these projects; null for everything there is, also what belongs to no project.</param>
public sealed record Reach(IReadOnlyCollection<Id<Project>>? Projects)
{
    /// <summary>Whether it goes as far as another one.</summary>
    public bool Holds(Reach other) =>
        Projects is null || (other.Projects is not null && other.Projects.All(project => Projects.Contains(project)));
}

/// <summary>The one place that says how far somebody may read in the record of all events.</summary>
public sealed class AuditReach(IDocuments documents, Access access, AccountAccess accounts)
{
    private const int PageSize = 500;

    /// <summary>One project, where one is named; else all projects in which the caller may read events, and everything for an
    /// auditor of the installation.</summary>
    /// <returns>The reach, or the refusal: what one may not see does not exist.</returns>
    public async Task<Result<Reach>> OfAsync(Caller caller, Id<Project>? project, CancellationToken cancel)
    {
        if (project is { } named)
            return await RefusalAsync(caller, named, cancel) is { } refusal ? refusal : new Reach([named]);
        if (caller.User is not { } user) return Problem.NotFound("project");
        if (caller.Token?.Project is null && await accounts.AuditsAsync(caller, cancel))
            return await access.RefusalAsync(caller, Operation.ReadEvents, "event", cancel) is { } none ? none : new Reach(null);
        var mine = await MineAsync(caller, user, cancel);
        // Where the role is enough, the token may still be for something else; where no role is, that is said.
        return (mine.Count > 0 ? mine[0] : caller.Token?.Project) is { } one && await RefusalAsync(caller, one, cancel) is { } no
            ? no
            : new Reach(mine);
    }

    private Task<Problem?> RefusalAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        access.RefusalAsync(caller, project, Operation.ReadEvents, "project", cancel);

    private async Task<List<Id<Project>>> MineAsync(Caller caller, Id<User> user, CancellationToken cancel)
    {
        var mine = new List<Id<Project>>();
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<Membership>(new(
                [new("user_id", Comparison.Equal, user.ToString())], "project_name", Limit: PageSize, After: after), cancel);
            mine.AddRange(page.Items.Where(member => Policy.Allows(member.Role, Permission.ReadEvents)
                && (caller.Token?.Project is not { } only || only == member.Project)).Select(member => member.Project));
            if ((after = page.Next) is null) return mine;
        }
    }
}
