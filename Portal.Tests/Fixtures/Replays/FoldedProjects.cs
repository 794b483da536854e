using Portal.Domain.Projects;
using Portal.Domain.Quotas;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Projects with their members, invitations, rules and quotas.</summary>
internal static class FoldedProjects
{
    public static async Task CompareAsync(FoldedStreams streams)
    {
        var projects = streams.Of<Project>().Where(thing => thing.Has<ProjectCreated>()).Select(thing => thing.State).ToList();
        streams.SameSet("members", projects.SelectMany(project => project.Members, (project, member) =>
            new Membership(project.Id, project.Name, member.Key, member.Value, project.Personal)), await streams.RowsAsync<Membership>());
        streams.SameSet("invitations",
            projects.SelectMany(project => project.Invitations.Values, (project, one) =>
                new { Project = project.Id, one.Id, one.Role, one.Person, one.InvitedBy, one.Until, one.State }),
            (await streams.RowsAsync<InvitationView>()).Select(one =>
                new { one.Project, one.Id, one.Role, one.Person, one.InvitedBy, one.Until, one.State }));
        // Rules of nothing are shown as none.
        streams.SameSet("approval rules",
            projects.Where(project => project.Approvals != ApprovalRules.None).Select(project => new ApprovalRulesView(project.Id, project.Approvals)),
            (await streams.RowsAsync<ApprovalRulesView>()).Where(view => view.Rules != ApprovalRules.None));
        var limits = streams.Of<Quota>().ToDictionary(thing => thing.Id, thing => thing.State.Limits);
        await streams.EachAsync<Project, QuotaView>(row => row.Project.Value, thing => thing.Has<ProjectCreated>(), (row, thing) => row with
        {
            Project = thing.State.Id, Name = thing.State.Name, Personal = thing.State.Personal, Limits = limits.GetValueOrDefault(thing.Id, new()),
        });
    }
}
