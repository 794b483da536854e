using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Runs;

/// <summary>What is done with a submitter's key is theirs alone; that others asked is in the project's events.</summary>
public sealed class OwnRunDenialTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_for_what_only_the_submitter_may_is_refused_and_that_is_an_event()
    {
        var people = new MemberGround(ground.Portal);
        var owner = await people.SignUpAsync();
        var project = await people.ProjectAsync(owner);
        var run = await ground.RunOfAsync(owner, project);
        var other = await people.MemberAsync(owner, project, Role.Submitter);
        var refused = new[]
        {
            (await ground.Get<GiveTokenHandler>().HandleAsync(other, new(run, "none"), Cancel)).Problems,
            (await ground.Get<RevokeLeaseHandler>().HandleAsync(other, run, Cancel)).Problems,
            (await ground.Get<RetryRunHandler>().HandleAsync(other, new(run, "none"), Cancel)).Problems,
        };
        Assert.All(refused, problems => Assert.Equal("FORBIDDEN", Assert.Single(problems!).Code));
        Assert.Equal(["GiveToken FORBIDDEN", "RevokeLease FORBIDDEN", "RetryRun FORBIDDEN"], await DenialsAsync(owner, project));
        // The submitter is told what is the matter, and nothing is written.
        Assert.Equal("RUN_GOES_ON", (await ground.Get<RetryRunHandler>().HandleAsync(owner, new(run, "none"), Cancel)).Problems![0].Code);
        Assert.Equal(3, (await DenialsAsync(owner, project)).Count());
    }

    [Fact]
    public async Task Who_would_approve_their_own_run_is_refused_and_that_is_an_event()
    {
        var people = new MemberGround(ground.Portal);
        var owner = await people.SignUpAsync();
        var project = await people.ProjectAsync(owner);
        await people.MemberAsync(owner, project, Role.Maintainer);
        var run = await ground.RunOfAsync(owner, project);
        await ground.HappenAsync<Run>(run.Value, new ApprovalDemanded(run, new(CodeRule.New, false, null, false)),
            new PhaseEntered(run, Phase.AwaitingApproval), new ApprovalAsked(run, "aa", "aa", null, [ApprovalReason.NewCode], 1));
        var decided = await ground.Get<DecideApprovalHandler>().HandleAsync(owner, new(run, "aa", true), Cancel);
        Assert.Equal("OWN_RUN", Assert.Single(decided.Problems!).Code);
        Assert.Equal(["DecideApproval OWN_RUN"], await DenialsAsync(owner, project));
    }

    private async Task<IEnumerable<string>> DenialsAsync(Caller owner, Id<Project> project)
    {
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        var read = await ground.Get<ReadEventsHandler>().HandleAsync(owner, project, new(Types: ["access_denied"]), 0, 50, Cancel);
        return PortalGround.Ok(read).Events.Select(one => (AccessDenied)one.Body).Select(denied => $"{denied.Operation} {denied.Code}");
    }
}
