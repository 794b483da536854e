using System.Text;
using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary><c>portal run retry</c>, of runs whose events the test records as a worker would.</summary>
public sealed class RetryTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_plan_is_told_then_the_run_goes_on()
    {
        var environment = await CommandLine.AdaAsync(ground);
        var run = await FailedAsync();
        var plan = await shell.RunAsync("", environment, "run", "retry", $"{run}", "--plan");
        Assert.Contains("Runs again, as attempt 2. The last one: It broke.", plan.Text);
        Assert.Equal("Failed", $"{(await ShowAsync(run)).Phase}");
        var once = $"{Guid.NewGuid()}";
        foreach (var _ in (int[])[1, 2])
        {
            var said = await shell.RunAsync("", environment, "run", "retry", $"{run}", "--lease-for", "PT1H", "--once", once);
            Assert.Contains("Queued", said.Text);
        }
        Assert.Equal(8, (await ShowAsync(run)).Version);
        var again = await shell.RunAsync("", environment, "run", "retry", $"{run}");
        Assert.Equal(3, again.ExitCode);
        Assert.Contains("(RUN_GOES_ON)", again.Error);
        var late = await shell.RunAsync("", environment, "run", "retry", $"{run}", "--plan");
        Assert.Equal(3, late.ExitCode);
        Assert.Contains("(RUN_GOES_ON)", late.Error);
    }

    [Fact]
    public async Task What_an_earlier_attempt_wrote_can_still_be_read()
    {
        var environment = await CommandLine.AdaAsync(ground);
        var run = await FailedAsync();
        await ground.HappenAsync<Run>(run.Value, new RunRetried(run, ground.Machine, ground.Ada.User!.Value, Phase.Queued, ["a"]),
            new StepSubmitting(run, "a", 2, "key-2"));
        foreach (var (attempt, text) in new[] { (1, "first"), (2, "second") })
            await ground.Get<LogStore>().AddAsync(new(run, "a", attempt, null, "stdout"), 0, Encoding.UTF8.GetBytes(text), true, Cancel);
        Assert.Equal("second", (await shell.RunAsync("", environment, "run", "logs", $"{run}")).Text);
        Assert.Equal("first", (await shell.RunAsync("", environment, "run", "logs", $"{run}", "--attempt", "1")).Text);
        Assert.Equal("first", (await shell.RunAsync("", environment, "run", "logs", $"{run}", "--attempt", "1", "--follow")).Text);
    }

    [Fact]
    public async Task Watched_it_tells_what_happens_from_the_retry_on()
    {
        var run = await FailedAsync();
        using var watching = shell.Start(await CommandLine.AdaAsync(ground), "run", "retry", $"{run}", "--watch", "-o", "json");
        var seen = new List<JsonElement>();
        while (await watching.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            seen.Add(JsonElement.Parse(line));
            if (seen.Count == 2) await ground.HappenAsync<Run>(run.Value, new StepSubmitting(run, "a", 2, "key-2"), new RunSucceeded(run));
        }
        await watching.WaitForExitAsync(Cancel);
        Assert.Equal(0, watching.ExitCode);
        Assert.Equal(["run_retried", "lease_granted", "step_submitting", "run_succeeded"],
            seen.Select(recorded => recorded.GetProperty("type").GetString()));
    }

    public void Dispose() => shell.Dispose();

    private async Task<Id<Run>> FailedAsync()
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await RecordedRun.BreakAsync(ground, run);
        return run;
    }

    private async Task<(Phase Phase, long Version)> ShowAsync(Id<Run> run)
    {
        var found = await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel);
        return (found.Value!.State.Phase, found.Value.Version);
    }
}
