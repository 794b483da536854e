using System.Text.Json;
using Portal.Domain.Runs;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Cli;

/// <summary>The record on a command line: what happened, and all of it as a file, whole or not at all.</summary>
public sealed class RecordTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Target => Path.Combine(shell.Folder, "events.jsonl");

    [Fact]
    public async Task Events_are_listed_and_exported_whole()
    {
        var (environment, run) = await RunAsync(count: 5);
        var listed = await shell.RunAsync("", environment,
            "audit", "events", "--run", run, "--type", "transfer_started", "-n", "3", "-o", "json");
        Assert.Equal(0, listed.ExitCode);
        Assert.Equal(["4", "3", "2"], Lines(listed.Output)
            .Select(line => JsonElement.Parse(line).GetProperty("body").GetProperty("transfer").GetString()));
        var words = await shell.RunAsync("", environment, "audit", "events", "--run", run, "--text", "3");
        Assert.Contains("transfer_started", Assert.Single(Lines(words.Output)), StringComparison.Ordinal);

        var exported = await shell.RunAsync("", environment, "audit", "export", "--run", run, "--type", "transfer_started", "--to", Target);
        Assert.Equal(0, exported.ExitCode);
        var lines = await File.ReadAllLinesAsync(Target, Cancel);
        Assert.Equal(6, lines.Length);
        Assert.Contains("\"events\":5", lines[^1], StringComparison.Ordinal);
        exported = await shell.RunAsync("", environment, "audit", "export", "--format", "csv", "--run", run, "--to", Target + ".csv");
        Assert.Equal(0, exported.ExitCode);
        Assert.StartsWith("end,", (await File.ReadAllLinesAsync(Target + ".csv", Cancel))[^1], StringComparison.Ordinal);

        var refused = await shell.RunAsync("", environment, "audit", "export", "--type", "nothing", "--to", Target + ".none");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("(UNKNOWN_EVENT_TYPE)", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Target + ".none"));
        Assert.Equal(2, (await shell.RunAsync("", environment, "audit", "events", "--run", "x")).ExitCode);
    }

    [Fact]
    public async Task An_export_that_was_cut_off_is_told_so_and_replaces_nothing()
    {
        var (environment, run) = await RunAsync(count: 400);
        await File.WriteAllTextAsync(Target, "kept", Cancel);
        await using var proxy = new CuttingProxy(ground.Portal.Address.Port, plain: true) { CutAt = 60_000 };
        environment["PORTAL_URL"] = $"http://127.0.0.1:{proxy.Port}";

        var cut = await shell.RunAsync("", environment, "audit", "export", "--run", run, "--to", Target);

        Assert.Equal(3, cut.ExitCode);
        Assert.Contains("(EXPORT_CUT_OFF)", cut.Error, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(Target, Cancel));
        Assert.NotEmpty(await File.ReadAllTextAsync(Target + ".part", Cancel));
    }

    public void Dispose() => shell.Dispose();

    private async Task<(Dictionary<string, string> Environment, string Run)> RunAsync(int count)
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await ground.HappenAsync<Run>(run.Value, [.. Enumerable.Range(0, count).Select(number =>
            (object)new TransferStarted(run, $"{number}", $"ftp://data.example.org/{number}", new string('x', 200), 1))]);
        await ground.CaughtUpAsync();
        return (await CommandLine.AdaAsync(ground), run.ToString());
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
