using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Domain.Projects;

/// <summary>What a provider's claims make of members.</summary>
public sealed class GrantRoleTests(RunningPortalFixture portals)
{
    private static readonly Id<Project> Tides = new(Guid.CreateVersion7());
    private static readonly Id<User> Owner = new(Guid.CreateVersion7());
    private static readonly Id<User> Grace = new(Guid.CreateVersion7());

    public static TheoryData<Role?, Role?, bool, Role?> Cases => new()
    {
        // has, granted, given before by a grant; then
        { null, Role.Viewer, false, Role.Viewer },
        { Role.Viewer, Role.Submitter, false, Role.Submitter },
        { Role.Maintainer, Role.Submitter, false, Role.Maintainer },
        { Role.Maintainer, Role.Submitter, true, Role.Submitter },
        { Role.Viewer, null, true, null },
        { Role.Viewer, null, false, Role.Viewer },
        { null, null, true, null },
    };

    [Theory, MemberData(nameof(Cases))]
    public void A_grant_gives_and_takes_what_grants_gave(Role? has, Role? granted, bool given, Role? then)
    {
        var state = After(Project.Empty, new ProjectCreated(Tides, "Tides", Owner, false));
        if (has is { } role) state = After(state, new MemberAdded(Tides, "Tides", Grace, role));
        state = After(state, [.. GrantRole.Decide(state, new(Tides, Grace, granted, given)).Value!]);
        Assert.Equal(then, state.Members.TryGetValue(Grace, out var now) ? now : null);
    }

    [Fact]
    public void The_last_owner_stays_one_and_a_personal_project_takes_nobody()
    {
        var state = After(Project.Empty, new ProjectCreated(Tides, "Tides", Owner, false));
        Assert.Empty(GrantRole.Decide(state, new(Tides, Owner, null, true)).Value!);
        Assert.Empty(GrantRole.Decide(state, new(Tides, Owner, Role.Viewer, true)).Value!);
        var personal = After(Project.Empty, new ProjectCreated(Tides, "Personal", Owner, true));
        Assert.Equal("PERSONAL_PROJECT", GrantRole.Decide(personal, new(Tides, Grace, Role.Viewer, false)).Problems![0].Code);
    }

    [Fact]
    public async Task The_portal_grants_and_members_do_not()
    {
        var ground = new MemberGround(await portals.PortalAsync(MemberGround.Cancel));
        var (owner, grace) = (await ground.SignUpAsync(), await ground.SignUpAsync());
        var project = await ground.ProjectAsync(owner);
        var viewer = await ground.MemberAsync(owner, project, Role.Viewer);
        var grants = ground.Get<GrantRoleHandler>();
        var grant = new GrantRole(project, grace.User!.Value, Role.Submitter, false);
        Assert.Equal("FORBIDDEN", (await grants.HandleAsync(viewer, grant, MemberGround.Cancel)).Problems![0].Code);
        Assert.Equal("NOT_FOUND", (await grants.HandleAsync(grace, grant, MemberGround.Cancel)).Problems![0].Code);
        var portal = Caller.Worker(Guid.CreateVersion7());
        Assert.True(PortalGround.Ok(await grants.HandleAsync(portal, grant, MemberGround.Cancel)));
        Assert.False(PortalGround.Ok(await grants.HandleAsync(portal, grant with { Given = true }, MemberGround.Cancel)));
        Assert.Equal(Role.Submitter, await ground.RoleAsync(grace, project));
        Assert.True(PortalGround.Ok(
            await grants.HandleAsync(portal, grant with { Role = null, Given = true }, MemberGround.Cancel)));
        Assert.Null(await ground.RoleAsync(grace, project));
    }

    private static Project After(Project state, params object[] facts) =>
        facts.Aggregate(state, (project, fact) => project.After(fact));
}
