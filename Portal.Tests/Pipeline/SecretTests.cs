using System.Text;
using Npgsql;
using Portal.Cli.Login;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.EventStore;
using Portal.Tests.Browser;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.Rest;

namespace Portal.Tests.Pipeline;

/// <summary>A whole portal, talkative and with a database of its own, goes through a journey with good and bad ends. Nothing that it
/// leaves behind holds a secret.</summary>
[Collection(nameof(RunFaults))]
public sealed class SecretTests(FaultySite sites) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-secrets-").FullName;
    private readonly Secrets secrets = new();
    private PortalServer portal = null!;
    private string machine = "", credential = "", token = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = PortalGround.Impatient.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value);
        foreach (var part in new[] { "Default", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "Quartz" })
            settings[$"Logging__LogLevel__{part}"] = "Trace";
        portal = await PortalServer.StartAsync("", folder, settings, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null) await portal.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_a_journey_no_secret_is_in_log_database_queue_files_or_memory_folders()
    {
        var site = await sites.SiteAsync(Cancel);
        using var program = await SignUpAsync();
        await JourneyAsync(program, site);
        await portal.KillAsync(entireTree: false);

        await using (var database = await PrivatePostgres.StartAsync(Path.Combine(folder, "postgres"), null, null, Cancel))
        {
            await AddPrivateKeyAsync(database);
            Assert.Equal(new Secrets().Count + 6 + 3, secrets.Count);
            var dump = await LeakScan.DumpAsync(database.ConnectionString);
            foreach (var word in new[] { "run_succeeded", "COPY public.qrtz_", "COPY portal_secrets.sealed_keys" })
                Assert.Contains(word, dump, StringComparison.Ordinal);
            Assert.Empty(await LeakScan.FindAsync(portal.Places with { Database = database.ConnectionString }, secrets));
        }
        var log = portal.Output;
        foreach (var level in new[] { "trce:", "dbug:", "info:" }) Assert.Contains(level, log, StringComparison.Ordinal);
        // Tables and the write-ahead log are among the files.
        Assert.Contains(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => file.Contains("/pg_wal/", StringComparison.Ordinal));
        Assert.Empty(await LeakScan.FindAsync(portal.Places, secrets));
    }

    private async Task<RestClient> SignUpAsync()
    {
        var address = new Uri(portal.Address + "/");
        var password = Noted("a person's password", $"words {Guid.NewGuid():n}");
        using var web = new WebForms(address);
        Assert.Null(await web.SignUpAsync("Ada", "ada@example.org", password, Cancel));
        return RestClient.With(address, Noted("an access token", await web.TokenAsync("tests", Cancel), SecretKind.Shown));
    }

    private async Task JourneyAsync(RestClient program, DemoSite site)
    {
        var facts = site.Facts;
        (machine, token) = await SiteJourneyTests.MachineAsync(program, site);
        credential = (await program.GetAsync($"machines/{machine}/credential", Cancel)).GetProperty("id").GetString()!;
        Noted("the security token", token, SecretKind.Shown);
        Noted("a data server's password", facts.FtpPassword);
        var wrong = Noted("a wrong password", $"wrong-{Guid.NewGuid():n}");
        foreach (var (name, password) in new[] { ("demo-data", facts.FtpPassword), ("wrong", wrong) })
            await program.PostAsync("endpoints", new { name, url = facts.FtpUrl, userName = facts.FtpUser, password }, Cancel);

        var output = $"tests/{Guid.NewGuid():n}";
        Assert.Equal("Succeeded", await EndAsync(program, Workflows.Whole(facts.GitUrl, output)));
        Assert.Equal("Succeeded", await EndAsync(program, Workflows.Step("true"), attended: true));
        Assert.Equal("Failed", await EndAsync(program, Workflows.Step("exit 3")));
        var blocked = await SubmitAsync(program, Workflows.Whole(facts.GitUrl, output, "endpoint://wrong/heat-sweep/inputs/cases.csv"));
        await FollowAsync(program, blocked, "run_held");
        await program.DeleteAsync($"runs/{blocked}/lease", Cancel, 200);
        await program.PostAsync($"runs/{blocked}/token", new { securityToken = token }, Cancel, 200);
        await program.PostAsync($"runs/{blocked}/cancel", null, Cancel, 202);
        await FollowAsync(program, blocked, "run_cancelled");
        // Whatever is refused was written down nowhere either.
        var mistyped = Noted("a mistyped token", token[..^4] + "zzzz", SecretKind.Shown);
        await program.PostAsync("runs", new { machine, description = Workflows.Step("true"), securityToken = mistyped }, Cancel, 422);
    }

    private async Task<string> SubmitAsync(RestClient program, string description, bool attended = false) =>
        (await program.PostAsync("runs", new { machine, description, securityToken = token, attended }, Cancel)).GetProperty("id").GetString()!;

    private async Task<string> EndAsync(RestClient program, string description, bool attended = false)
    {
        var run = await SubmitAsync(program, description, attended);
        await FollowAsync(program, run, null);
        return (await program.GetAsync($"runs/{run}", Cancel)).GetProperty("phase").GetString()!;
    }

    // Until an event of that type; the stream itself ends with the run.
    private static async Task FollowAsync(RestClient program, string run, string? type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await program.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await foreach (var arrived in EventReader.ReadAsync(answer, Cancel))
            if (arrived.Type == type) return;
        Assert.Null(type);
    }

    // In the shapes in which it would betray itself: as lines, and as its 32 secret bytes; its heading is known.
    private async Task AddPrivateKeyAsync(PrivatePostgres database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("select envelope from portal_secrets.sealed_keys where credential = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(credential) });
        var envelope = (byte[])(await command.ExecuteScalarAsync(Cancel))!;
        var key = PortalGround.Ok(Sealing.OpenKey(token, new Id<Machine>(Guid.Parse(machine)), new(Guid.Parse(credential)), envelope));
        var lines = Encoding.ASCII.GetString(key).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Noted("the private key's last line but one", lines[^3]);
        Noted("the private key's last line", lines[^2]);
        secrets.Add("the private key's secret half", Convert.FromBase64String(string.Concat(lines[1..^1]))[161..193]);
    }

    private string Noted(string name, string secret, SecretKind kind = SecretKind.Given)
    {
        secrets.Add(name, secret, kind);
        return secret;
    }
}
