using System.Text.Json;
using Portal.Domain.AccessTokens;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Retention;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary>An administrator archives by the command line, verifies, and brings back.</summary>
public sealed class ArchiveTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Runs_are_archived_verified_and_brought_back()
    {
        await using var sealing = new SealingNode(ground);
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await RecordedRun.BreakAsync(ground, run);
        var administrator = await new AccountGround(ground.Portal).AdministratorAsync();
        var token = (await ground.Get<Ledger>().TokenAsync(
            administrator, new("archives", [Scope.KeepArchive], null, [], TimeSpan.FromHours(1)))).Text;
        var said = CommandLine.SignedIn(ground.Portal.Address, token);
        var before = ground.Get<IChance>().Now.ToString("O");

        Assert.Equal(1, Json((await shell.RunAsync("", said, "archive", "make", "--ended-before", before, "--count", "-o", "json")).Output)
            .GetProperty("runs").GetInt64());
        var made = Json((await shell.RunAsync("", said, "archive", "make", "--ended-before", before, "-o", "json")).Output);
        Assert.Equal((1, 0), (made.GetProperty("runCount").GetInt64(), made.GetProperty("left").GetInt64()));
        Assert.Contains("nothing to archive", (await shell.RunAsync("", said, "archive", "make", "--ended-before", before)).Output);
        var archive = Json((await shell.RunAsync("", said, "archive", "list", "-o", "json")).Output).EnumerateArray()
            .Single(one => one.GetProperty("runCount").GetInt64() == 1);

        var archives = TestPortal.ArchivesOf(ground.Portal.Folder);
        var keys = Path.Combine(shell.Folder, "keys.pem");
        using (var key = SealKey.LoadOrCreate(Path.Combine(ground.Portal.Folder, "keys", "seals.pem")))
            await File.WriteAllTextAsync(keys, key.PublicPem, Cancel);
        var file = Path.Combine(archives, archive.GetProperty("file").GetString()!);
        var alone = await shell.RunAsync("", null, "audit", "verify", file, "--keys", keys);
        Assert.Contains("nothing: all is as it was", alone.Output);
        var whole = await shell.RunAsync("", null, "audit", "verify", "--database", ground.Portal.Database, "--keys", keys, "--archives", archives);
        Assert.Equal(0, whole.ExitCode);
        Assert.Contains("In archives", whole.Output);
        // Every door says where it is.
        var ada = await CommandLine.AdaAsync(ground);
        foreach (var command in (string[][])[["run", "show", $"{run}"], ["run", "show", $"{run}", "--at", "1"], ["run", "logs", $"{run}"],
            ["run", "download", $"{run}"], ["run", "export", $"{run}", "--crate", Path.Combine(shell.Folder, "c.zip")]])
        {
            var told = await shell.RunAsync("", ada, command);
            Assert.Equal(3, told.ExitCode);
            Assert.Contains("STREAM_ARCHIVED", told.Error);
        }
        Assert.Contains($"{run}", (await shell.RunAsync("", ada, "run", "list")).Output);
        using (var http = new HttpClient { BaseAddress = ground.Portal.Address })
        {
            http.DefaultRequestHeaders.Authorization = new("Bearer", ada["PORTAL_TOKEN"]);
            foreach (var path in (string[])[$"api/v1/runs/{run}", $"api/v1/runs/{run}/events", $"api/v1/runs/{run}/crate.zip"])
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
                Assert.Equal(System.Net.HttpStatusCode.Conflict, answer.StatusCode);
                Assert.Contains("STREAM_ARCHIVED", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            }
            await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
            var key = archive.GetProperty("key").GetString()!;
            Assert.Contains(key, await http.GetStringAsync(new Uri($"api/v1/events?run={run}", UriKind.Relative), Cancel), StringComparison.Ordinal);
            Assert.Contains($"\"archive\":\"{key}\"", await http.GetStringAsync(new Uri($"api/v1/events.jsonl?run={run}", UriKind.Relative), Cancel),
                StringComparison.Ordinal);
            Assert.Contains(key, await http.GetStringAsync(new Uri($"api/v1/events.csv?run={run}", UriKind.Relative), Cancel), StringComparison.Ordinal);
        }
        File.Move(file, file + ".away");
        var missing = await shell.RunAsync("", null, "audit", "verify", "--database", ground.Portal.Database, "--keys", keys, "--archives", archives);
        Assert.Contains("FileMissing", missing.Output);
        var refused = await shell.RunAsync("", said, "archive", "restore", archive.GetProperty("key").GetString()!);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("ARCHIVE_MISSING", refused.Error);
        File.Move(file + ".away", file);
        Assert.Equal(0, (await shell.RunAsync("", said, "archive", "restore", archive.GetProperty("key").GetString()!)).ExitCode);
        Assert.Equal(2, (await shell.RunAsync("", said, "archive", "restore", "nonsense")).ExitCode);
        Assert.Equal(3, (await shell.RunAsync("", await CommandLine.AdaAsync(ground), "archive", "list")).ExitCode);
    }

    public void Dispose() => shell.Dispose();

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
