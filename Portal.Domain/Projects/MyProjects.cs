using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Quotas;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>The projects that the caller is a member of, and those that they see as an auditor of the installation.</summary>
public sealed class MyProjectsHandler(IDocuments documents, AccountAccess accounts)
{
    /// <summary>Those that they are a member of, by name, at most 500; for a token that is for one project, that one.</summary>
    public async Task<IReadOnlyList<Membership>> HandleAsync(Caller caller, CancellationToken cancel) =>
        caller.User is not { } user ? [] : [.. (await documents.QueryAsync<Membership>(new(
            [new("user_id", Comparison.Equal, user.ToString())], "project_name", Limit: 500), cancel)).Items
            .Where(member => Reaches(caller, member.Project))];

    /// <summary>Those of these projects that exist for the caller. An auditor of the installation has the place of an auditor in
    /// those that they are no member of.</summary>
    public async Task<IReadOnlyList<Membership>> FindAsync(
        Caller caller, IReadOnlyCollection<Id<Project>> projects, CancellationToken cancel)
    {
        if (caller.User is not { } user) return [];
        var asked = projects.Where(project => Reaches(caller, project)).Distinct().ToList();
        if (asked.Count == 0) return [];
        List<Membership> found = [.. (await documents.QueryAsync<Membership>(new([new("id", Comparison.In,
            asked.Select(project => Membership.IdOf(project, user)).ToArray())], Limit: asked.Count), cancel)).Items];
        var others = asked.Except(found.Select(member => member.Project)).Select(project => project.ToString()).ToArray();
        if (others.Length == 0 || !await accounts.AuditsAsync(caller, cancel)) return found;
        var views = await documents.QueryAsync<QuotaView>(new([new("id", Comparison.In, others)], Limit: others.Length), cancel);
        return [.. found, .. views.Items.Select(view => Seen(view, user))];
    }

    /// <summary>A project as an auditor of the installation sees it.</summary>
    internal static Membership Seen(QuotaView view, Id<User> auditor) =>
        new(view.Project, view.Name, auditor, Role.Auditor, view.Personal);

    private static bool Reaches(Caller caller, Id<Project> project) => caller.Token?.Project is not { } only || only == project;
}
