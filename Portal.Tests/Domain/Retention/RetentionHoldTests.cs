using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Retention;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
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
    public async Task Auditors_and_administrators_in_person_place_lift_and_see_them_and_nobody_else()
    {
        var (administrator, auditor, grace) = (await People.AdministratorAsync(), await People.SignUpAsync(), await People.SignUpAsync());
        await People.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        var place = new PlaceRetentionHold(new(Guid.CreateVersion7()), HeldKind.Person, grace.User!.Value.Value, "case 7", null);
        foreach (var caller in (Caller[])[grace, auditor with { Token = new(Guid.NewGuid(), Scopes.All, null) }])
        {
            Assert.Equal("FORBIDDEN", Code(await ground.Get<PlaceRetentionHoldHandler>().HandleAsync(caller, place, Cancel)));
            Assert.Equal("FORBIDDEN", Code(await ground.Get<LiftRetentionHoldHandler>().HandleAsync(caller, new(place.Id), Cancel)));
            Assert.Equal("FORBIDDEN", Code(await ground.Get<ListRetentionHoldsHandler>().HandleAsync(caller, new([]), Cancel)));
        }
        foreach (var kind in Enum.GetValues<HeldKind>())
            Assert.Equal("NOT_FOUND", Code(await ground.Get<PlaceRetentionHoldHandler>().HandleAsync(
                auditor, place with { Kind = kind, Subject = Guid.NewGuid() }, Cancel)));
        var placed = PortalGround.Ok(await ground.Get<PlaceRetentionHoldHandler>().HandleAsync(auditor, place, Cancel));
        Assert.Equal((auditor.User, (Id<User>?)null), (placed.PlacedBy, placed.LiftedBy));
        Assert.Equal(placed, PortalGround.Ok(await ground.Get<PlaceRetentionHoldHandler>().HandleAsync(auditor, place, Cancel)));
        var lifted = PortalGround.Ok(await ground.Get<LiftRetentionHoldHandler>().HandleAsync(administrator, new(place.Id), Cancel));
        Assert.Equal(administrator.User, lifted.LiftedBy);
        Assert.Equal(lifted, PortalGround.Ok(await ground.Get<LiftRetentionHoldHandler>().HandleAsync(auditor, new(place.Id), Cancel)));
        Assert.Contains(lifted, PortalGround.Ok(await ground.Get<ListRetentionHoldsHandler>().HandleAsync(auditor,
            new([new Condition("lifted", Comparison.Equal, true)], Descending: true), Cancel)).Items);
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

    private static string Code<T>(Result<T> result) => Assert.Single(result.Problems!).Code;
}
