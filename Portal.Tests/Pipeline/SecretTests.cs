using System.Text;
using Npgsql;
using Portal.Cli.Login;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.EventStore;
using Portal.Tests.Browser;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Pipeline;

/// <summary>A whole portal, talkative and with a database of its own, goes through a journey with good and bad ends. Nothing that it
/// leaves behind holds a secret.</summary>
[Collection(nameof(RunFaults))]
public sealed class SecretTests(FaultySite sites) : IAsyncLifetime
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private readonly string folder = Directory.CreateTempSubdirectory("portal-secrets-").FullName;
    private readonly Dictionary<string, string> secrets = [];
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
            var dump = (await SiteCommand.RunAsync($"{Binaries}/pg_dump", ["--inserts",
                $"host={database.SocketFolder} dbname=portal user=portal"])).Text;
            foreach (var word in new[] { "run_succeeded", "insert into public.qrtz_", "portal_secrets.sealed_keys" })
                Assert.Contains(word, dump, StringComparison.OrdinalIgnoreCase);
            Search("the dump", Encoding.UTF8.GetBytes(dump));
        }
        var log = portal.Output;
        foreach (var level in new[] { "trce:", "dbug:", "info:" }) Assert.Contains(level, log, StringComparison.Ordinal);
        Search("the log", Encoding.UTF8.GetBytes(log));
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToList();
        // Tables and the write-ahead log are among them.
        Assert.Contains(files, file => file.Contains("/pg_wal/", StringComparison.Ordinal));
        foreach (var file in files) Search(file, await File.ReadAllBytesAsync(file, Cancel));
        foreach (var file in MemoryFiles()) Search(file, Encoding.UTF8.GetBytes(await ReadAsync(file)));
        Assert.Equal(6 + 4, secrets.Count);
    }

    private async Task<RestClient> SignUpAsync()
    {
        var address = new Uri(portal.Address + "/");
        secrets["a person's password"] = $"words {Guid.NewGuid():n}";
        using var web = new WebForms(address);
        Assert.Null(await web.SignUpAsync("Ada", "ada@example.org", secrets["a person's password"], Cancel));
        var issued = await web.TokenAsync("tests", Cancel);
        secrets["an access token"] = issued;
        return RestClient.With(address, issued);
    }

    private async Task JourneyAsync(RestClient program, DemoSite site)
    {
        var facts = site.Facts;
        (machine, token) = await SiteJourneyTests.MachineAsync(program, site);
        credential = (await program.GetAsync($"machines/{machine}/credential", Cancel)).GetProperty("id").GetString()!;
        (secrets["the security token"], secrets["a data server's password"]) = (token, facts.FtpPassword);
        secrets["a wrong password"] = $"wrong-{Guid.NewGuid():n}";
        foreach (var (name, password) in new[] { ("demo-data", facts.FtpPassword), ("wrong", secrets["a wrong password"]) })
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
        secrets["a mistyped token"] = token[..^4] + "zzzz";
        await program.PostAsync("runs", new { machine, description = Workflows.Step("true"), securityToken = secrets["a mistyped token"] }, Cancel, 422);
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

    // In the shapes in which it would betray itself: as lines, as its 32 secret bytes, and by its heading.
    private async Task AddPrivateKeyAsync(PrivatePostgres database)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand("select envelope from portal_secrets.sealed_keys where credential = $1");
        command.Parameters.Add(new() { Value = Guid.Parse(credential) });
        var envelope = (byte[])(await command.ExecuteScalarAsync(Cancel))!;
        var key = PortalGround.Ok(Sealing.OpenKey(token, new Id<Machine>(Guid.Parse(machine)), new(Guid.Parse(credential)), envelope));
        var lines = Encoding.ASCII.GetString(key).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        secrets["the private key's heading"] = "OPENSSH PRIVATE KEY";
        secrets["the private key's last line but one"] = lines[^3];
        secrets["the private key's last line"] = lines[^2];
        var seed = Convert.FromBase64String(string.Concat(lines[1..^1]))[161..193];
        secrets["the private key's secret half"] = Encoding.Latin1.GetString(seed);
    }

    private void Search(string place, byte[] bytes)
    {
        foreach (var (name, secret) in secrets)
            foreach (var shape in Shapes(Encoding.Latin1.GetBytes(secret)))
                Assert.False(bytes.AsSpan().IndexOf(shape) >= 0, $"{name} is in {place}");
    }

    // As it is, and as a dump or a careless program shows bytes.
    private static IEnumerable<byte[]> Shapes(byte[] secret) =>
        [secret, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(secret)), Encoding.ASCII.GetBytes(Convert.ToHexString(secret)),
         Encoding.ASCII.GetBytes(Convert.ToBase64String(secret).TrimEnd('=')[..^1])];

    // The folders of all portals of this account, those of tests beside this one among them.
    private static IEnumerable<string> MemoryFiles() => new[] { "/dev/shm", Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "/dev/shm" }
        .Distinct().Where(Directory.Exists).SelectMany(below => Directory.EnumerateDirectories(below, "portal-*"))
        .SelectMany(place => Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)).Where(file => File.ResolveLinkTarget(file, false) is null);

    private static async Task<string> ReadAsync(string file)
    {
        try
        {
            return new FileInfo(file).Length > 0 ? await File.ReadAllTextAsync(file, Cancel) : "";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return ""; // A socket, or gone.
        }
    }
}
