using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Retention;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Retention;

/// <summary>Holds themselves: who places and lifts them, and what is refused. What they forbid is told by what they forbid.</summary>
public sealed class RetentionHoldTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountGround People => new(ground.Portal);

    [Fact]
    public void A_hold_has_a_reason_and_no_end_that_is_over_and_is_placed_and_lifted_once()
    {
        var (id, by) = (new Id<RetentionHold>(Guid.NewGuid()), new Id<User>(Guid.NewGuid()));
        var place = new PlaceRetentionHold(id, HeldKind.Run, Guid.NewGuid(), " case 7 ", Now.AddDays(1));
        Assert.Equal([new RetentionHoldPlaced(id, HeldKind.Run, place.Subject, "case 7", place.Until, by)],
            PlaceRetentionHold.Decide(RetentionHold.Empty, place, by, Now).Value!);
        Assert.Empty(PlaceRetentionHold.Decide(new(id, false), place, by, Now).Value!);
        foreach (var (wrong, field) in new[]
        {
            (place with { Reason = " " }, "reason"), (place with { Reason = "a\nb" }, "reason"),
            (place with { Reason = new('x', 501) }, "reason"), (place with { Until = Now }, "until"),
        })
            Assert.Equal(("INVALID_INPUT", field), Assert.Single(
                PlaceRetentionHold.Decide(RetentionHold.Empty, wrong, by, Now).Problems!) is var problem
                    ? (problem.Code, problem.Field!) : default);
        Assert.Equal([new RetentionHoldLifted(id, by)], LiftRetentionHold.Decide(new(id, false), new(id), by).Value!);
        Assert.Empty(LiftRetentionHold.Decide(new(id, true), new(id), by).Value!);
        Assert.Equal("NOT_FOUND", Code(LiftRetentionHold.Decide(RetentionHold.Empty, new(id), by)));
    }

    [Fact]
    public void It_holds_until_it_is_lifted_or_over()
    {
        var view = new RetentionHoldView(new(Guid.NewGuid()), HeldKind.Run, Guid.NewGuid(), "x", null, new(Guid.NewGuid()), Now);
        Assert.True(view.HoldsAt(Now.AddYears(100)));
        Assert.True((view with { Until = Now.AddDays(1) }).HoldsAt(Now));
        Assert.False((view with { Until = Now.AddDays(1) }).HoldsAt(Now.AddDays(1)));
        Assert.False((view with { LiftedAt = Now }).HoldsAt(Now));
    }

    [Fact]
    public async Task Administrators_in_person_place_and_lift_any_and_auditors_only_see_them()
    {
        var (administrator, auditor, grace) = (await People.AdministratorAsync(), await AuditorAsync(), await People.SignUpAsync());
        var place = new PlaceRetentionHold(New(), HeldKind.Person, grace.User!.Value.Value, "case 7", null);
        foreach (var caller in (Caller[])[grace, auditor, administrator with { Token = new(Guid.NewGuid(), Scopes.All, null) }])
            Assert.Equal("FORBIDDEN", Code(await PlaceAsync(caller, place)));
        foreach (var kind in Enum.GetValues<HeldKind>())
            Assert.Equal("NOT_FOUND", Code(await PlaceAsync(administrator, place with { Kind = kind, Subject = Guid.NewGuid() })));
        var placed = PortalGround.Ok(await PlaceAsync(administrator, place));
        Assert.Equal((administrator.User, (Id<User>?)null), (placed.PlacedBy, placed.LiftedBy));
        Assert.Equal(placed, PortalGround.Ok(await PlaceAsync(administrator, place)));

        Assert.Equal("FORBIDDEN", Code(await LiftAsync(auditor, placed)));
        Assert.Equal("NOT_FOUND", Code(await LiftAsync(grace, placed)));
        Assert.Equal("FORBIDDEN", Code(await LiftAsync(administrator with { Token = new(Guid.NewGuid(), Scopes.All, null) }, placed)));
        Assert.Contains(placed, await ListAsync(auditor, lifted: false));
        var second = await People.AdministratorAsync();
        var lifted = PortalGround.Ok(await LiftAsync(second, placed));
        Assert.Equal(second.User, lifted.LiftedBy);
        Assert.Equal(lifted, PortalGround.Ok(await LiftAsync(administrator, placed)));
        Assert.Contains(lifted, await ListAsync(auditor, lifted: true));
    }

    [Fact]
    public async Task Owners_hold_their_projects_and_the_runs_in_them_and_lift_what_they_placed()
    {
        var (administrator, auditor, owner) = (await People.AdministratorAsync(), await AuditorAsync(), await People.SignUpAsync());
        var members = new MemberGround(ground.Portal);
        var project = await members.ProjectAsync(owner);
        var (maintainer, other) = (await members.MemberAsync(owner, project, Role.Maintainer),
            await members.MemberAsync(owner, project, Role.Owner));
        var place = new PlaceRetentionHold(New(), HeldKind.Project, project.Value, "case 8", null);
        Assert.Equal("FORBIDDEN", Code(await PlaceAsync(maintainer, place)));
        Assert.Equal("FORBIDDEN", Code(await PlaceAsync(auditor, place)));
        Assert.Equal("NOT_FOUND", Code(await PlaceAsync(ground.Stranger, place)));
        Assert.Equal("FORBIDDEN", Code(await PlaceAsync(owner with { Token = new(Guid.NewGuid(), Scopes.All, null) }, place)));
        var (mine, above) = (PortalGround.Ok(await PlaceAsync(owner, place)),
            PortalGround.Ok(await PlaceAsync(administrator, place with { Id = New() })));

        // An owner sees theirs, and neither another owner's nor an administrator's.
        Assert.Equal([mine], await ListAsync(owner, lifted: false));
        Assert.Empty(await ListAsync(other, lifted: false));
        Assert.Equal("NOT_FOUND", Code(await LiftAsync(owner, above)));
        Assert.Equal("NOT_FOUND", Code(await LiftAsync(other, mine)));
        Assert.Equal("FORBIDDEN", Code(await LiftAsync(auditor, mine)));
        Assert.NotNull(PortalGround.Ok(await LiftAsync(owner, mine)).LiftedAt);
        var again = PortalGround.Ok(await PlaceAsync(owner, place with { Id = New() }));
        Assert.Equal(administrator.User, PortalGround.Ok(await LiftAsync(administrator, again)).LiftedBy);

        // A run is held by who owns its project.
        var run = place with { Id = New(), Kind = HeldKind.Run, Subject = SchemaGround.RunOf((await ground.RunAsync()).Run).Value };
        Assert.Equal("NOT_FOUND", Code(await PlaceAsync(owner, run)));
        Assert.Equal("NOT_FOUND", Code(await PlaceAsync(owner, run with { Subject = Guid.NewGuid() })));
        Assert.Equal(run.Subject, PortalGround.Ok(await PlaceAsync(ground.Ada, run)).Subject);
    }

    [Fact]
    public async Task A_hold_in_graphql_is_on_one_thing()
    {
        var administrator = await People.AdministratorAsync();
        const string text = "mutation($input: PlaceRetentionHoldInput!) { placeRetentionHold(input: $input) { "
            + "retentionHold { projectId runId holds } errors { __typename ... on Refusal { code field } } } }";
        var (run, project) = (SchemaGround.IdOf(new Id<Portal.Domain.Runs.Run>(Guid.NewGuid())), SchemaGround.IdOf(
            new Id<Portal.Domain.Projects.Project>(ground.Ada.User!.Value.Value)));
        foreach (var input in (object[])[new { reason = "x" }, new { reason = "x", run, project }])
            Assert.Equal("person", (await ground.DataAsync(administrator, text, new { input })).GetProperty("placeRetentionHold")
                .GetProperty("errors")[0].GetProperty("field").GetString());
    }

    private static Id<RetentionHold> New() => new(Guid.CreateVersion7());

    private async Task<Caller> AuditorAsync()
    {
        var auditor = await People.SignUpAsync();
        await People.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        return auditor;
    }

    private Task<Result<RetentionHoldView>> PlaceAsync(Caller caller, PlaceRetentionHold place) =>
        ground.Get<PlaceRetentionHoldHandler>().HandleAsync(caller, place, Cancel);

    private Task<Result<RetentionHoldView>> LiftAsync(Caller caller, RetentionHoldView hold) =>
        ground.Get<LiftRetentionHoldHandler>().HandleAsync(caller, new(hold.Id), Cancel);

    private async Task<IReadOnlyList<RetentionHoldView>> ListAsync(Caller caller, bool lifted) =>
        PortalGround.Ok(await ground.Get<ListRetentionHoldsHandler>().HandleAsync(caller,
            new([new Condition("lifted", Comparison.Equal, lifted)], Descending: true, Limit: 200), Cancel)).Items;

    private static string Code<T>(Result<T> result) => Assert.Single(result.Problems!).Code;
}
