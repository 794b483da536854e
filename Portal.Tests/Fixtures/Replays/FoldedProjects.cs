using Portal.Domain.Projects;
using Portal.Domain.Quotas;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Projects with their members, invitations, rules and quotas.</summary>
internal static class FoldedProjects
{
    public static async Task CompareAsync(FoldedStreams streams)
    {
        var all = streams.Of<Project>().Where(thing => thing.Has<ProjectCreated>()).ToList();
        var projects = all.Select(thing => thing.State).ToList();
        // A personal project takes no members: to whom tests put into one it is a project like any other.
        streams.SameSet("members", all.SelectMany(thing => thing.State.Members, (thing, member) => new Membership(
            thing.State.Id, thing.State.Name, member.Key, member.Value,
            thing.State.Personal && !thing.Facts<MemberAdded>().Any(added => added.User == member.Key))),
            await streams.RowsAsync<Membership>());
        streams.SameSet("invitations",
            projects.SelectMany(project => project.Invitations.Values, (project, one) =>
                new { Project = project.Id, one.Id, one.Role, one.Person, one.InvitedBy, one.Until, one.State }),
            (await streams.RowsAsync<InvitationView>()).Select(one =>
                new { one.Project, one.Id, one.Role, one.Person, one.InvitedBy, one.Until, one.State }));
        // Rules of nothing are shown as none.
        streams.SameSet("approval rules",
            projects.Where(project => project.Approvals != ApprovalRules.None)
                .Select(project => new ApprovalRulesView(project.Id, project.Approvals)),
            (await streams.RowsAsync<ApprovalRulesView>()).Where(view => view.Rules != ApprovalRules.None));
        var limits = streams.Of<Quota>().ToDictionary(thing => thing.Id, thing => thing.State.Limits);
        await streams.EachAsync<Project, QuotaView>(
            row => row.Project.Value, thing => thing.Has<ProjectCreated>(), (row, thing) => row with
            {
                Project = thing.State.Id, Name = thing.State.Name, Personal = thing.State.Personal,
                Limits = limits.GetValueOrDefault(thing.Id, new()),
            });
    }
}
