using System.Text.Json;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>A retry by GraphQL, of runs whose events the test records as a worker would.</summary>
public sealed class RetryTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Retry = """
        mutation($input: RetryRunInput!) { retryRun(input: $input) {
            run { phase version endedAt failure { name } retryPlan { from } lease { ended } }
            errors { __typename ... on Refusal { code advice } } } }
        """;

    private const string Done =
        """{"run":{"phase":"QUEUED","version":8,"endedAt":null,"failure":null,"retryPlan":null,"lease":{"ended":null}},"errors":[]}""";

    [Fact]
    public async Task The_plan_is_shown_and_a_retry_is_done_once_however_often_it_is_asked_for_with_a_key()
    {
        var id = await FailedAsync();
        var plan = (await ground.DataAsync(ground.Ada,
            "query($id: ID!) { run(id: $id) { retryPlan { from steps parts { kind id title action words } } } }", new { id }))
            .GetProperty("run").GetProperty("retryPlan");
        Assert.Equal("""{"from":"QUEUED","steps":["a"],"parts":[{"kind":"STEP","id":"a","title":"a","action":"REPEAT","""
            + "\"words\":\"Runs again, as attempt 2. The last one: It broke.\"}]}", plan.ToString());
        var input = new { id, securityToken = ground.Token, clientMutationKey = Guid.NewGuid() };
        Assert.Equal(Done, (await AskAsync(ground.Ada, input)).ToString());
        Assert.Equal(Done, (await AskAsync(ground.Ada, input)).ToString());
        var another = await AskAsync(ground.Ada, new { id, securityToken = ground.Token, clientMutationKey = Guid.NewGuid() });
        Assert.Equal(("ConflictError", "RUN_GOES_ON"), Error(another));
        var run = SchemaGround.RunOf(id);
        // Its end, once it comes, is another one: it may be retried then.
        await ground.HappenAsync<Run>(run.Value, new RunFailed(run, new(FailureName.OutOfMemory, "Too much.")));
        Assert.Equal("[]", (await AskAsync(ground.Ada, new { id, securityToken = ground.Token })).GetProperty("errors").ToString());
    }

    [Fact]
    public async Task What_is_refused_changes_nothing_and_to_a_stranger_there_is_no_such_run()
    {
        var id = await FailedAsync();
        Assert.Equal(("NotFoundError", "NOT_FOUND"), Error(await AskAsync(ground.Stranger, new { id, securityToken = ground.Token })));
        Assert.Equal(("InvalidInputError", "TOKEN_MALFORMED"), Error(await AskAsync(ground.Ada, new { id, securityToken = "nothing" })));
        var other = await ground.Get<CreateCredentialHandler>().HandleAsync(
            ground.Ada, new(new(Guid.CreateVersion7()), await ground.ReadyMachineAsync("other")), default);
        var token = PortalGround.Ok(other).SecurityToken;
        Assert.Equal("TOKEN_WRONG", Error(await AskAsync(ground.Ada, new { id, securityToken = token })).Code);
        Assert.Equal("ATTENDED_NOT_HERE", Error(await AskAsync(ground.Ada, new { id, securityToken = ground.Token, attended = true })).Code);
        Assert.Equal("INVALID_INPUT", Error(await AskAsync(ground.Ada, new { id, securityToken = ground.Token, leaseFor = "P99D" })).Code);
        Assert.Equal(6, PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(
            ground.Ada, SchemaGround.RunOf(id), null, default)).Version);
        var (_, fresh) = await ground.RunAsync();
        Assert.Equal("RUN_GOES_ON", Error(await AskAsync(ground.Ada, new { id = fresh, securityToken = ground.Token })).Code);
    }

    [Fact]
    public async Task A_member_sees_the_plan_of_anothers_run_and_may_not_retry_it()
    {
        var id = await FailedAsync();
        var member = ground.Stranger with { User = new(Guid.CreateVersion7()) };
        await ground.Get<INewAccount>().CreatedAsync(member.User.Value, "member", default);
        var project = new Id<Project>(ground.Ada.User!.Value.Value);
        await ground.HappenAsync<Project>(project.Value, new MemberAdded(project, "Personal", member.User.Value, Role.Maintainer));
        var plan = await ground.DataAsync(member, "query($id: ID!) { run(id: $id) { retryPlan { steps } } }", new { id });
        Assert.Equal("""{"run":{"retryPlan":{"steps":["a"]}}}""", plan.ToString());
        Assert.Equal(("ForbiddenError", "FORBIDDEN"), Error(await AskAsync(member, new { id, securityToken = ground.Token })));
    }

    [Fact]
    public async Task Lists_show_a_retried_run_among_those_that_go_on()
    {
        var id = await FailedAsync();
        await AskAsync(ground.Ada, new { id, securityToken = ground.Token });
        var (documents, run) = (ground.Get<IDocuments>(), SchemaGround.RunOf(id));
        var events = PortalGround.Ok(await ground.Get<ReadRunEventsHandler>().HandleAsync(ground.Ada, run, 0, 100, default));
        await documents.CaughtUpAsync<RunView>(events[^1].Position, default);
        var view = (await documents.FindAsync<RunView>(run.ToString(), default))!;
        Assert.Equal((Phase.Queued, null, null), (view.Phase, view.EndedAt, view.Failure));
        Assert.NotNull(view.LeaseId);
        var active = await ground.DataAsync(ground.Ada, "{ runs(where: {final: false}) { nodes { id } } }");
        Assert.Contains(id, active.GetProperty("runs").GetProperty("nodes").EnumerateArray().Select(one => one.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Who_follows_from_before_the_first_end_sees_both_and_completes_at_the_second()
    {
        var begun = await ground.Get<IEventStore>().LastPositionAsync(default);
        var id = await FailedAsync();
        await AskAsync(ground.Ada, new { id, securityToken = ground.Token });
        var run = SchemaGround.RunOf(id);
        await ground.HappenAsync<Run>(run.Value, new RunSucceeded(run));
        var seen = new List<object>();
        await foreach (var change in ground.Get<FollowRunHandler>().HandleAsync(ground.Ada, run, begun, TestContext.Current.CancellationToken))
            seen.AddRange(PortalGround.Ok(change).Events.Select(recorded => recorded.Body));
        Assert.Equal([typeof(RunFailed), typeof(RunRetried), typeof(LeaseGranted), typeof(RunSucceeded)],
            seen.Select(fact => fact.GetType()).SkipWhile(type => type != typeof(RunFailed)).Where(type => type != typeof(LeaseEnded)));
    }

    // A run of one step that failed: six events.
    private async Task<string> FailedAsync()
    {
        var (_, id) = await ground.RunAsync();
        var run = SchemaGround.RunOf(id);
        await RecordedRun.BreakAsync(ground, run);
        return id;
    }

    private async Task<JsonElement> AskAsync(Caller caller, object input) =>
        (await ground.DataAsync(caller, Retry, new { input })).GetProperty("retryRun");

    private static (string? Kind, string? Code) Error(JsonElement payload)
    {
        var error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        return (error.GetProperty("__typename").GetString(), error.GetProperty("code").GetString());
    }
}
