using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Jobs.Audit;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Cli;

/// <summary>The record of a portal, verified by the command line: where it is, and where a dump of it was restored.</summary>
public sealed class AuditTests(PostgresFixture postgres) : IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Seals => Path.Combine(shell.Folder, "seals");

    private string Keys => Path.Combine(shell.Folder, "keys.pem");

    [Fact]
    public async Task A_whole_record_is_proven_and_what_was_done_to_it_named()
    {
        await using var portal = await TestPortal.StartAsync(
            postgres, Cancel, $"--Portal:Seals:Folder={Seals}", "--Portal:Seals:Every=1.00:00:00");
        var database = portal.Services.GetRequiredService<PortalStore>().ConnectionString;
        await new MemberGround(portal).SignUpAsync();
        Assert.Equal(1, await SealedAsync(portal));
        await new MemberGround(portal).SignUpAsync();
        Assert.Equal(1, await SealedAsync(portal));
        Assert.Equal(0, await SealedAsync(portal));
        Assert.Equal(2, Directory.GetFiles(Seals).Length);

        // The keys are asked of the portal, without an access token.
        var asked = new Dictionary<string, string> { ["PORTAL_URL"] = portal.Address.ToString() };
        Assert.Contains("by seal 2 of", (await shell.RunAsync("", asked, "audit", "verify", "--database", database)).Text);
        using (var http = new HttpClient())
            await File.WriteAllTextAsync(Keys, await http.GetStringAsync(new Uri(portal.Address, "audit/seal-keys.pem"), Cancel), Cancel);

        var restored = await RestoredAsync(database);
        Assert.Contains("nothing: all is as it was", (await VerifyAsync(restored, "--seals", Seals)).Text);
        await TamperAsync(restored, "update portal_events.events set body = (body::text || ' ')::json where position = 2");
        var told = await VerifyAsync(restored);
        Assert.Equal(1, told.ExitCode);
        Assert.Contains("Edited: The event at position 2 (", told.Output);
        Assert.Equal("Edited", System.Text.Json.JsonElement.Parse((await VerifyAsync(restored, "-o", "json")).Output)
            .GetProperty("fault").GetProperty("kind").GetString());

        // Who cuts off the end with its seals is found out by those that lie elsewhere.
        var cut = await RestoredAsync(database);
        await TamperAsync(cut, "delete from portal_events.seals where number = 2; delete from portal_events.events where position > "
            + "(select position from portal_events.seals where number = 1)");
        Assert.Equal(0, (await VerifyAsync(cut)).ExitCode);
        Assert.Contains("CutOff: ", (await VerifyAsync(cut, "--seals", Seals)).Output);
    }

    // Only what nothing under way can come before is sealed: what was written is waited for.
    private static async Task<int> SealedAsync(TestPortal portal)
    {
        await portal.Services.GetRequiredService<IDocuments>().CaughtUpAsync<RunView>(
            await portal.Services.GetRequiredService<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        return await portal.Services.GetRequiredService<SealClock>().RoundAsync(Cancel);
    }

    [Fact]
    public async Task What_is_no_database_no_key_and_no_seal_is_said_so()
    {
        using var key = SealKey.LoadOrCreate(Path.Combine(shell.Folder, "key.pem"));
        await File.WriteAllTextAsync(Keys, key.PublicPem, Cancel);
        var empty = await postgres.CreateDatabaseAsync();
        Assert.Contains("nothing: there is no seal", (await VerifyAsync(empty)).Text);
        foreach (var (database, more, said) in new (string, string[], string)[]
        {
            ("nonsense", [], "--database is no connection string"),
            ("Host=127.0.0.1;Port=1;Database=x", [], "The database cannot be read"),
            ("Host=127.0.0.1;Port=1;Database=x;Password=y", [], "PGPASSWORD"),
            ((await postgres.ServerAsync()).ConnectionTo("postgres"), [], "The database cannot be read"),
            (empty, ["--seals", Path.Combine(shell.Folder, "nowhere")], "nowhere"),
            (empty, ["--keys", Path.Combine(shell.Folder, "nowhere")], "There is no file"),
            (empty, ["--keys", shell.Config], "no public key"),
        })
        {
            await File.WriteAllTextAsync(shell.Config, "{}", Cancel);
            var refused = await VerifyAsync(database, more);
            Assert.Equal((2, true), (refused.ExitCode, refused.Error.Contains(said, StringComparison.Ordinal)));
        }
        foreach (var (given, said) in new (string[], string)[]
        {
            ([], "Name a file"), ([Keys, "--database", empty], "not both"), ([Keys, "--seals", Seals], "--seals goes with --database"),
            ([Keys, "--archives", Seals], "--archives goes with --database"),
            ([Keys], "no zip file"), ([Path.Combine(shell.Folder, "nowhere")], "There is no file"),
        })
        {
            var refused = await shell.RunAsync("", null, ["audit", "verify", .. given]);
            Assert.Equal((2, true), (refused.ExitCode, refused.Error.Contains(said, StringComparison.Ordinal)));
        }
        Directory.CreateDirectory(Seals);
        await File.WriteAllTextAsync(Path.Combine(Seals, "seal-000000000001.json"), "{\"text\":null}", Cancel);
        Assert.Contains("holds no seal", (await VerifyAsync(empty, "--seals", Seals)).Error);
    }

    public void Dispose() => shell.Dispose();

    private Task<CommandOutcome> VerifyAsync(string database, params string[] more) => shell.RunAsync("", null,
        ["audit", "verify", "--database", database, .. more.Contains("--keys") ? [] : (string[])["--keys", Keys], .. more]);

    private static Task TamperAsync(string database, string sql) =>
        PostgresFixture.AdministerAsync(database, $"set session_replication_role = replica; {sql}");

    // What pg_dump gives, in another database.
    private async Task<string> RestoredAsync(string database)
    {
        var from = new NpgsqlConnectionStringBuilder(database);
        var to = new NpgsqlConnectionStringBuilder(await postgres.CreateDatabaseAsync());
        await PostgresFixture.RunAsync(to.ConnectionString, "drop schema portal_events, portal_documents cascade");
        string Place(NpgsqlConnectionStringBuilder at) => $"-h {at.Host} -p {at.Port} -U {at.Username} {at.Database}";
        var done = await SiteCommand.RunAsync("/bin/sh",
            ["-c", $"pg_dump {Place(from)} | psql -qX -v ON_ERROR_STOP=1 {Place(to)} > /dev/null"], "", null, Cancel);
        Assert.Equal("", done.Text);
        return to.ConnectionString;
    }
}
