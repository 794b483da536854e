using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Somebody whose second look runs wait for.</summary>
/// <param name="Project">Where.</param>
/// <param name="ProjectName">What it is called.</param>
/// <param name="User">Who may decide there.</param>
/// <param name="Runs">How many wait that they may approve.</param>
/// <param name="Since">Since when the last of these waits.</param>
public sealed record AwaitedApprover(Id<Project> Project, string ProjectName, Id<User> User, int Runs, DateTimeOffset Since);

/// <summary>Finds out whom to tell of runs that wait for a second look. For the portal itself: nobody's rights are asked.</summary>
public sealed class AwaitedApprovers(IDocuments documents, Approvers approvers)
{
    private const int PageSize = 500;

    /// <summary>Everybody who is waited for; nobody whose account is disabled, nor whom only their own runs wait for, where
    /// somebody else has to approve those.</summary>
    /// <param name="only">A project; null for all.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<AwaitedApprover>> ListAsync(Id<Project>? only, CancellationToken cancel)
    {
        var found = new List<AwaitedApprover>();
        foreach (var runs in (await WaitingAsync(only, cancel)).GroupBy(run => run.Project))
        {
            foreach (var member in await approvers.OfAsync(runs.Key, cancel))
            {
                if (await documents.FindAsync<AccountStanding>(member.User.ToString(), cancel) is { Disabled: true }) continue;
                var theirs = runs.Where(run => run.SubmittedBy != member.User).ToList();
                if (theirs.Count < runs.Count() && await approvers.MayOwnAsync(runs.Key, member.User, cancel)) theirs = [.. runs];
                if (theirs.Count == 0) continue;
                found.Add(new(
                    runs.Key, member.ProjectName, member.User, theirs.Count, theirs.Max(run => run.PhaseSince)));
            }
        }
        return found;
    }

    private async Task<List<RunView>> WaitingAsync(Id<Project>? only, CancellationToken cancel)
    {
        IReadOnlyList<Condition> where = only is { } project
            ? [new("project", Comparison.Equal, project.ToString()), .. ListApprovalsHandler.Waiting]
            : ListApprovalsHandler.Waiting;
        var found = new List<RunView>();
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<RunView>(new(where, Limit: PageSize, After: after), cancel);
            found.AddRange(page.Items);
            if ((after = page.Next) is null) return found;
        }
    }
}
