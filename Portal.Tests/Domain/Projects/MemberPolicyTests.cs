using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Domain.Projects;

/// <summary>Who may do what with members: each command, asked by each role and by a stranger.</summary>
public sealed class MemberPolicyTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => MemberGround.Cancel;

    // Null is a stranger.
    public static TheoryData<Role?> Everybody =>
        new([Role.Viewer, Role.Auditor, Role.Submitter, Role.Maintainer, Role.Owner, (Role?)null]);

    [Theory, MemberData(nameof(Everybody))]
    public async Task Only_owners_keep_members_and_the_project(Role? role)
    {
        var ground = new MemberGround(await portals.PortalAsync(Cancel));
        var owner = await ground.SignUpAsync();
        var project = await ground.ProjectAsync(owner);
        var other = await ground.MemberAsync(owner, project, Role.Viewer);
        var made = PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, MemberGround.Address()));
        var caller = role is { } one ? await ground.MemberAsync(owner, project, one) : await ground.SignUpAsync();
        var expected = role switch { Role.Owner => null, null => "NOT_FOUND", _ => "FORBIDDEN" };

        var person = other.User!.Value;
        Assert.Equal(expected, Code(await ground.Get<RenameProjectHandler>().HandleAsync(caller, new(project, "Waves"), Cancel)));
        Assert.Equal(expected, Code(await ground.InviteAsync(caller, project, Role.Viewer, MemberGround.Address())));
        Assert.Equal(expected, Code(await ground.Get<ListInvitationsHandler>().HandleAsync(caller, project, new([]), Cancel)));
        Assert.Equal(expected, Code(await ground.Get<RevokeInvitationHandler>().HandleAsync(caller, new(made.Id), Cancel)));
        var change = ground.Get<ChangeRoleHandler>();
        Assert.Equal(expected, Code(await change.HandleAsync(caller, new(project, person, Role.Auditor), Cancel)));
        Assert.Equal(expected is null ? Role.Auditor : Role.Viewer, await ground.RoleAsync(other, project));
        Assert.Equal(expected, Code(await ground.Get<RemoveMemberHandler>().HandleAsync(caller, new(project, person), Cancel)));
        Assert.Equal(expected is null ? null : Role.Viewer, await ground.RoleAsync(other, project));
    }

    [Theory, MemberData(nameof(Everybody))]
    public async Task Every_member_sees_the_others_and_may_leave(Role? role)
    {
        var ground = new MemberGround(await portals.PortalAsync(Cancel));
        var owner = await ground.SignUpAsync();
        var project = await ground.ProjectAsync(owner);
        var caller = role is { } one ? await ground.MemberAsync(owner, project, one) : await ground.SignUpAsync();
        var expected = role is null ? "NOT_FOUND" : null;
        Assert.Equal(expected, Code(await ground.Get<ListMembersHandler>().HandleAsync(caller, project, new([]), Cancel)));
        Assert.Equal(expected, Code(await ground.Get<LeaveProjectHandler>().HandleAsync(caller, new(project), Cancel)));
        Assert.Equal("NOT_FOUND", Code(await ground.Get<ShowProjectHandler>().HandleAsync(caller, project, Cancel)));
        Assert.Equal("LAST_OWNER", Code(await ground.Get<LeaveProjectHandler>().HandleAsync(owner, new(project), Cancel)));
    }

    private static string? Code<T>(Result<T> answer) => answer.Problems?[0].Code;
}
