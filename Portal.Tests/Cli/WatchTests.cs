using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Cli;

/// <summary>Watching runs whose events the test records, as a worker would.</summary>
public sealed class WatchTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("run", "watch")]
    [InlineData("events", "--follow")]
    public async Task A_cut_connection_costs_no_event_and_repeats_none(params string[] command)
    {
        var run = await SubmitAsync();
        var environment = await CommandLine.AdaAsync(ground);
        await using var proxy = new CuttingProxy(ground.Portal.Address.Port, plain: true);
        environment["PORTAL_URL"] = $"http://127.0.0.1:{proxy.Port}";
        using var watching = shell.Start(environment, [.. command, $"{run}", "-o", "json"]);
        var seen = new List<JsonElement> { await NextAsync(watching) };
        foreach (var phase in new[] { Phase.FetchingInputs, Phase.Queued, Phase.Running })
        {
            await RecordAsync(run, new PhaseEntered(run, phase));
            while (!seen[^1].GetProperty("body").ToString().Contains($"{phase}",
                StringComparison.Ordinal)) seen.Add(await NextAsync(watching));
            // What comes next is lost on its way.
            proxy.CutAt = 0;
        }
        await RecordAsync(run, new PhaseEntered(run, Phase.Uploading), new RunSucceeded(run));
        while (await watching.StandardOutput.ReadLineAsync(Cancel) is { } line) seen.Add(JsonElement.Parse(line));
        await watching.WaitForExitAsync(Cancel);
        Assert.Equal(0, watching.ExitCode);
        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(recorded => recorded.GetProperty("version").GetInt32()));
        Assert.Equal("run_succeeded", seen[^1].GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_exit_code_tells_how_a_run_ended_and_the_words_why()
    {
        var environment = await CommandLine.AdaAsync(ground);
        var (failed, cancelled) = (await SubmitAsync(), await SubmitAsync());
        await RecordAsync(failed,
            new RunFailed(failed,
                new(FailureName.OutOfMemory, "Step a used more memory than asked for.", Advice: "Ask for more.")));
        await RecordAsync(cancelled, new CancelRequested(cancelled, ground.Ada.User!.Value), new RunCancelled(cancelled));
        var said = await shell.RunAsync("", environment, "run", "watch", $"{failed}");
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("OutOfMemory: Step a used more memory than asked for. Ask for more.", said.Output);
        Assert.Equal(5, (await shell.RunAsync("", environment, "run", "watch", $"{cancelled}")).ExitCode);
        var missing = await shell.RunAsync("", environment, "run", "watch", $"{Guid.NewGuid():n}");
        Assert.Equal(3, missing.ExitCode);
        Assert.Contains("(NOT_FOUND)", missing.Error);
    }

    [Fact]
    public async Task The_events_of_the_project_are_listed_from_a_position_on()
    {
        var environment = await CommandLine.AdaAsync(ground);
        await SubmitAsync();
        var all = Lines(await shell.RunAsync("", environment, "events", "-o", "json"));
        Assert.Equal(all.Order(), all);
        Assert.Equal(all.Skip(2), Lines(await shell.RunAsync("", environment, "events", "--after", $"{all[1]}", "-o", "json")));
        var words = await shell.RunAsync("", environment, "events");
        Assert.Contains("run_submitted", words.Text);
    }

    public void Dispose() => shell.Dispose();

    private static List<long> Lines(CommandOutcome said) => [.. said.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonElement.Parse(line).GetProperty("position").GetInt64())];

    private static async Task<JsonElement> NextAsync(System.Diagnostics.Process watching) =>
        JsonElement.Parse(await watching.StandardOutput.ReadLineAsync(Cancel)
            ?? throw new InvalidOperationException("The command ended."));

    private async Task<Id<Run>> SubmitAsync() => SchemaGround.RunOf((await ground.RunAsync()).Run);

    private Task RecordAsync(Id<Run> run, params object[] facts) => ground.HappenAsync<Run>(run.Value, facts);
}
