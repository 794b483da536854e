using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Who may approve runs in a project.</summary>
public sealed class Approvers(IDocuments documents)
{
    private const int PageSize = 500;

    /// <summary>Whether a person's role lets them approve.</summary>
    public async Task<bool> IsOneAsync(Id<Project> project, Id<User> user, CancellationToken cancel) =>
        await documents.FindAsync<Membership>(Membership.IdOf(project, user), cancel) is { } member && May(member);

    /// <summary>Whether a person may approve what they submitted themselves: the project says so, or nobody else could.</summary>
    public async Task<bool> MayOwnAsync(Id<Project> project, Id<User> user, CancellationToken cancel)
    {
        if ((await ApprovalRulesView.FindAsync(documents, project, cancel)).Own) return true;
        return (await OfAsync(project, cancel)).All(member => member.User == user);
    }

    /// <summary>Everybody whose role lets them approve in a project.</summary>
    public async Task<IReadOnlyList<Membership>> OfAsync(Id<Project> project, CancellationToken cancel)
    {
        var found = new List<Membership>();
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<Membership>(
                new([new("project", Comparison.Equal, project.ToString())], Limit: PageSize, After: after), cancel);
            found.AddRange(page.Items.Where(May));
            if ((after = page.Next) is null) return found;
        }
    }

    /// <summary>Whether a member's role lets them approve.</summary>
    public static bool May(Membership member) => Policy.Allows(member.Role, Permission.Approve);
}
