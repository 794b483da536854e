using System.Net.Http.Json;
using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Rest;

/// <summary>A retry by REST, of a run whose events the test records as a worker would.</summary>
public sealed class RetryTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_plan_is_shown_then_the_run_goes_on_and_its_events_go_past_the_first_end()
    {
        using var program = await ProgramAsync(ground.Ada);
        var run = await FailedAsync();
        var plan = await program.GetAsync($"runs/{run}/retry", Cancel);
        Assert.Equal("Queued", plan.GetProperty("from").GetString());
        Assert.Equal("Repeat", Assert.Single(plan.GetProperty("parts").EnumerateArray()).GetProperty("action").GetString());
        var body = new { securityToken = ground.Token, leaseFor = 3600, attended = false };
        var retried = await program.PostAsync($"runs/{run}/retry", body, Cancel, 202);
        Assert.Equal("Queued", retried.GetProperty("phase").GetString());
        Assert.Equal("RUN_GOES_ON", (await program.PostAsync($"runs/{run}/retry", body, Cancel, 409)).GetProperty("code").GetString());
        Assert.Equal("RUN_GOES_ON", (await program.GetAsync($"runs/{run}/retry", Cancel, 409)).GetProperty("code").GetString());
        await ground.HappenAsync<Run>(run.Value, new RunSucceeded(run));
        var seen = await SiteJourneyTests.FollowAsync(program, $"{run}", null);
        Assert.Equal(["run_failed", "run_retried", "run_succeeded"],
            seen.Select(arrived => arrived.Type).Where(type => type.StartsWith("run_", StringComparison.Ordinal)).Skip(1));
        Assert.Equal("RUN_SUCCEEDED", (await program.PostAsync($"runs/{run}/retry", body, Cancel, 409)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_is_refused_changes_nothing()
    {
        using var program = await ProgramAsync(ground.Ada);
        using var stranger = await ProgramAsync(ground.Stranger);
        var run = await FailedAsync();
        await stranger.GetAsync($"runs/{run}/retry", Cancel, 404);
        await stranger.PostAsync($"runs/{run}/retry", new { securityToken = ground.Token }, Cancel, 404);
        await program.PostAsync($"runs/{run}/retry", new { securityToken = "nothing" }, Cancel, 422);
        await program.PostAsync($"runs/{run}/retry", new { securityToken = ground.Token, leaseFor = "soon" }, Cancel, 422);
        Assert.Equal("Failed", (await program.GetAsync($"runs/{run}", Cancel)).GetProperty("phase").GetString());
    }

    [Fact]
    public async Task The_same_key_twice_is_one_retry_and_another_key_another()
    {
        using var program = await ProgramAsync(ground.Ada);
        var run = await FailedAsync();
        var (one, other) = (Guid.NewGuid().ToString("n"), Guid.NewGuid().ToString("n"));
        Assert.All(await Task.WhenAll(RetryAsync(one, 202), RetryAsync(one, 202)),
            phase => Assert.Equal("Queued", phase));
        Assert.Null(await RetryAsync(other, 409));
        await RecordedRun.BreakAsync(ground, run);
        // It is over once more: the key is that of the retry before, and asks for nothing new.
        Assert.Equal("Failed", await RetryAsync(one, 202));
        Assert.Equal("Queued", await RetryAsync(other, 202));
        var events = await program.GetAsync($"runs/{run}/events", Cancel);
        Assert.Equal(2, events.GetProperty("items").EnumerateArray().Count(one => one.GetProperty("type").GetString() == "run_retried"));

        async Task<string?> RetryAsync(string key, int status)
        {
            using var body = JsonContent.Create(new { securityToken = ground.Token, leaseFor = 3600 });
            using var request = new HttpRequestMessage(HttpMethod.Post, $"runs/{run}/retry") { Content = body };
            request.Headers.Add("Idempotency-Key", key);
            using var answer = await program.Http.SendAsync(request, Cancel);
            var text = await answer.Content.ReadAsStringAsync(Cancel);
            Assert.True(status == (int)answer.StatusCode, text);
            return JsonElement.Parse(text).TryGetProperty("phase", out var phase) ? phase.GetString() : null;
        }
    }

    private async Task<Id<Run>> FailedAsync()
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await RecordedRun.BreakAsync(ground, run);
        return run;
    }

    private async Task<RestClient> ProgramAsync(Caller caller) =>
        RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(caller)).Text);
}
