using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Domain.Projects;

/// <summary>Invitations and members through the handlers that every door calls, on a real portal.</summary>
public sealed class MemberHandlerTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => MemberGround.Cancel;

    [Fact]
    public async Task A_link_makes_one_member_once_however_many_come_with_it_at_once()
    {
        var ground = await GroundAsync();
        var (owner, grace, stranger) = (await ground.SignUpAsync(), await ground.SignUpAsync(), await ground.SignUpAsync());
        var project = await ground.ProjectAsync(owner);
        var made = PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, person: grace.User));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(at => ground.AcceptAsync(at % 2 == 0 ? grace : stranger, made.Secret)));
        Assert.All(answers.Where((_, at) => at % 2 == 0), answer => Assert.True(answer.Ok));
        Assert.All(answers.Where((_, at) => at % 2 == 1),
            answer => Assert.Contains(answer.Problems![0].Code, (string[])["INVITATION_FOR_ANOTHER", "INVITATION_USED"]));
        Assert.Single(await FactsAsync(ground, project), fact => fact is MemberAdded);
        Assert.Equal("INVITATION_USED", (await ground.AcceptAsync(stranger, made.Secret)).Problems![0].Code);
    }

    [Fact]
    public async Task Of_two_invitations_under_one_id_the_one_that_is_made_is_for_its_own_address()
    {
        var ground = await GroundAsync();
        var owner = await ground.SignUpAsync();
        for (var round = 0; round < 15; round++)
        {
            var project = await ground.ProjectAsync(owner);
            var id = new Id<Invitation>(Guid.CreateVersion7());
            string[] sent = [MemberGround.Address(), MemberGround.Address()];
            var made = await Task.WhenAll(sent.Select(address =>
                ground.Get<InviteMemberHandler>().HandleAsync(owner, new(id, project, Role.Viewer, address), Cancel)));
            var won = Assert.Single(made, answer => answer.Ok);
            Assert.Equal("CONFLICT", made.Single(answer => answer != won).Problems![0].Code);
            Assert.Equal(sent[Array.IndexOf(made, won)], Assert.Single(await InvitedAsync(ground, owner, project)).Address);
        }
    }

    [Fact]
    public async Task An_address_is_for_who_signs_in_with_it_is_in_no_event_and_erased_with_the_answer()
    {
        var (ground, address) = (await GroundAsync(), MemberGround.Address());
        var owner = await ground.SignUpAsync();
        var project = await ground.ProjectAsync(owner);
        var made = PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Submitter, address));
        Assert.Equal(address, Assert.Single(await InvitedAsync(ground, owner, project)).Address);
        var another = await ground.SignUpAsync();
        Assert.Equal("INVITATION_FOR_ANOTHER", (await ground.AcceptAsync(another, made.Secret)).Problems![0].Code);
        // The account is made after the invitation, and the case of an address does not count.
        var grace = await ground.SignUpAsync(address.ToUpperInvariant());
        var open = PortalGround.Ok(await ground.Get<OpenInvitationHandler>().HandleAsync(grace, made.Secret, Cancel));
        Assert.Equal(("Tides", Role.Submitter, owner.User!.Value), (open.ProjectName, open.Role, open.InvitedBy));
        PortalGround.Ok(await ground.AcceptAsync(grace, made.Secret));
        Assert.Equal(Role.Submitter, await ground.RoleAsync(grace, project));
        Assert.Empty(await InvitedAsync(ground, owner, project));
        Assert.Equal(0L, await CountAsync(
            $"select count(*) from accounts.invitation_addresses where invitation = '{made.Id.Value}'"));
        foreach (var secret in new[] { address, made.Secret, made.Secret[InvitationSecret.Prefix.Length..] })
            Assert.Equal(0L, await CountAsync("select count(*) from portal_events.events where body::text ilike '%' || $1 || '%'", secret));
    }

    [Fact]
    public async Task A_revoked_a_declined_and_an_unknown_link_open_nothing()
    {
        var ground = await GroundAsync();
        var (owner, grace) = (await ground.SignUpAsync(), await ground.SignUpAsync());
        var project = await ground.ProjectAsync(owner);
        var (revoked, declined) = (PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, person: grace.User)),
            PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, person: grace.User)));
        PortalGround.Ok(await ground.Get<RevokeInvitationHandler>().HandleAsync(owner, new(revoked.Id), Cancel));
        PortalGround.Ok(await ground.Get<DeclineInvitationHandler>().HandleAsync(grace, new(declined.Secret), Cancel));
        Assert.Equal("INVITATION_REVOKED", (await ground.AcceptAsync(grace, revoked.Secret)).Problems![0].Code);
        Assert.Equal("INVITATION_USED", (await ground.AcceptAsync(grace, declined.Secret)).Problems![0].Code);
        foreach (var unknown in new[] { "", "nonsense", InvitationSecret.Prefix + new string('0', 64), declined.Secret + "0" })
            Assert.Equal("NOT_FOUND", (await ground.AcceptAsync(grace, unknown)).Problems![0].Code);
        Assert.Null(await ground.RoleAsync(grace, project));
    }

    [Fact]
    public async Task Nobody_is_invited_who_does_not_exist()
    {
        var ground = await GroundAsync();
        var owner = await ground.SignUpAsync();
        var project = await ground.ProjectAsync(owner);
        var refused = await ground.InviteAsync(owner, project, Role.Viewer, person: new(Guid.CreateVersion7()));
        Assert.Equal(("INVALID_INPUT", "person"), (refused.Problems![0].Code, refused.Problems[0].Field));
    }

    [Fact]
    public async Task A_new_name_stands_in_every_members_list()
    {
        var ground = await GroundAsync();
        var owner = await ground.SignUpAsync();
        var project = await ground.ProjectAsync(owner);
        var viewer = await ground.MemberAsync(owner, project, Role.Viewer);
        PortalGround.Ok(await ground.Get<RenameProjectHandler>().HandleAsync(owner, new(project, "Waves"), Cancel));
        Assert.Equal(["Personal", "Waves"],
            (await ground.Get<MyProjectsHandler>().HandleAsync(viewer, Cancel)).Select(member => member.ProjectName));
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_at_once_leave_one()
    {
        var ground = await GroundAsync();
        var ada = await ground.SignUpAsync();
        var project = await ground.ProjectAsync(ada);
        var grace = await ground.MemberAsync(ada, project, Role.Owner);
        var remove = ground.Get<RemoveMemberHandler>();
        await Task.WhenAll(
            remove.HandleAsync(ada, new(project, grace.User!.Value), Cancel),
            remove.HandleAsync(grace, new(project, ada.User!.Value), Cancel),
            ground.Get<LeaveProjectHandler>().HandleAsync(ada, new(project), Cancel));
        var members = (await ground.Get<Ledger>().LoadAsync<Project>(project.Value, Cancel)).State.Members;
        Assert.Equal(Role.Owner, Assert.Single(members).Value);
    }

    private async Task<MemberGround> GroundAsync() => new(await portals.PortalAsync(Cancel));

    private static async Task<IReadOnlyList<ListedInvitation>> InvitedAsync(
        MemberGround ground, Caller owner, Id<Project> project) => PortalGround.Ok(
            await ground.Get<ListInvitationsHandler>().HandleAsync(owner, project, new([], "invited_at"), Cancel)).Items;

    private static async Task<List<object>> FactsAsync(MemberGround ground, Id<Project> project)
    {
        var facts = new List<object>();
        var stream = Ledger.StreamOf<Project>(project.Value);
        await foreach (var recorded in ground.Get<IEventStore>().ReadStreamAsync(stream, cancel: Cancel))
            facts.Add(recorded.Body);
        return facts;
    }

    private async Task<long> CountAsync(string sql, params string[] values)
    {
        var portal = await portals.PortalAsync(Cancel);
        await using var database = NpgsqlDataSource.Create(portal.Database);
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
