using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Npgsql;
using Portal.Tests.Browser;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Access;

/// <summary>A portal of its own, with a person in a browser and a program of theirs, on the real site: its cluster, data server and
/// registry. It has traps, which tell when a string was executed or fetched.</summary>
public sealed class HostileSite(BrowserFixture browsers, SiteFixture sites) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-traps-").FullName;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private PortalServer portal = null!;

    /// <summary>A file that is made where a string is executed, whoever does it.</summary>
    public string Canary => Path.Combine(folder, "canary");

    /// <summary>An address that nothing has a reason to ask.</summary>
    public string Listener => $"http://{listener.LocalEndpoint}";

    /// <summary>Connection string of the portal's database.</summary>
    public string Database => portal.Places.Database;

    public DemoSite Site { get; private set; } = null!;

    public HostileGround Ground { get; private set; } = null!;

    public RestClient Program { get; private set; } = null!;

    /// <summary>The machine of the site.</summary>
    public (string Id, string Token) Machine { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        listener.Start();
        // The site's user is another one than the portal's.
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        Site = await sites.SiteAsync(default);
        var settings = PortalGround.Impatient.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value);
        foreach (var limit in (string[])["PerToken", "PerAccount", "PerAddress"]) settings[$"Portal__Limits__{limit}"] = "0";
        portal = await browsers.StartAsync(settings, default);
        Ground = await HostileGround.StartAsync(await browsers.BrowserAsync(), portal.Address, default);
        Program = RestClient.With(new(portal.Address), Ground.Program.DefaultRequestHeaders.Authorization!.Parameter!);
        Machine = await SiteJourneyTests.MachineAsync(Program, Site);
        await Program.PostAsync("endpoints",
            new { name = "data", url = Site.Facts.FtpUrl, userName = Site.Facts.FtpUser, password = Site.Facts.FtpPassword }, default);
    }

    public async ValueTask DisposeAsync()
    {
        Program.Dispose();
        await Ground.DisposeAsync();
        await portal.DisposeAsync();
        listener.Dispose();
        Directory.Delete(folder, true);
    }

    /// <summary>Submits by REST; the status and what was answered.</summary>
    public async Task<(int Status, JsonElement Body)> TryAsync(string description, IReadOnlyDictionary<string, string>? parameters = null,
        string? name = null, (string Id, string Token)? on = null)
    {
        var (machine, securityToken) = on ?? Machine;
        using var answer = await Program.Http.PostAsJsonAsync("runs", new { machine, description, parameters, name, securityToken }, Cancel);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    /// <summary>Submits what must be taken; its id.</summary>
    public async Task<string> SubmitAsync(string description, IReadOnlyDictionary<string, string>? parameters = null, string? name = null,
        (string Id, string Token)? on = null)
    {
        var (status, body) = await TryAsync(description, parameters, name, on);
        Assert.True(status == 201, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    /// <summary>A refusal has a code, says what is wrong, and nothing began.</summary>
    public static void Refused((int Status, JsonElement Body) answer, string what)
    {
        Assert.True(answer.Status is >= 400 and < 500, $"{what}: {answer.Status} {answer.Body}");
        foreach (var error in answer.Body.GetProperty("errors").EnumerateArray())
            foreach (var part in (string[])["code", "message"])
                Assert.False(string.IsNullOrEmpty(error.GetProperty(part).GetString()), what);
    }

    /// <summary>The end of a run, and its failure's name; one that waits for somebody to mend something is cancelled.</summary>
    public async Task<(string Phase, string? Failure, string Folder)> EndAsync(string run)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await Program.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        string? held = null;
        await foreach (var arrived in EventReader.ReadAsync(answer, Cancel))
            if (arrived.Type == "run_held")
            {
                held = (await Program.GetAsync($"runs/{run}", Cancel)).GetProperty("heldBy").GetProperty("name").GetString();
                await Program.PostAsync($"runs/{run}/cancel", null, Cancel, 202);
            }
        var state = await Program.GetAsync($"runs/{run}", Cancel);
        var failed = state.TryGetProperty("failure", out var failure) && failure.ValueKind == JsonValueKind.Object;
        return (state.GetProperty("phase").GetString()!, held ?? (failed ? failure.GetProperty("name").GetString() : null),
            state.GetProperty("folder").GetString()!);
    }

    /// <summary>What a file of the site's user holds.</summary>
    public async Task<byte[]> ReadAsync(string path) => Convert.FromBase64String(
        (await Site.RunAsync($"base64 -w0 '{path.Replace("'", "'\\''", StringComparison.Ordinal)}'", cancel: Cancel)).Text);

    /// <summary>No trap has sprung, on the machine, in the portal's folders or in its database, and nothing failed inside.</summary>
    public async Task NothingHappenedAsync()
    {
        Assert.Empty(Directory.GetFileSystemEntries(folder));
        Assert.False(listener.Pending(), "Something asked the listener.");
        Assert.DoesNotContain("fail: ", portal.Output, StringComparison.Ordinal);
        // Files that are called so on purpose lie in folders d1, d2 and so on, and below hostile.
        Assert.Equal("", (await Site.RunAsync($"find {Site.Facts.Home} {Site.Facts.FtpFolder} -name canary -not -path '*/d[0-9]*/*' "
            + "-not -path '*/hostile/*'", cancel: Cancel)).Text);
        await using var source = NpgsqlDataSource.Create(Database);
        await using var command = source.CreateCommand(
            "select count(*) from accounts.users union all select count(*) from pg_class where relname = 'canary' order by 1");
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var counts = new List<long>();
        while (await reader.ReadAsync(Cancel)) counts.Add(reader.GetInt64(0));
        Assert.Equal([0, 1], counts);
    }

    /// <summary>Whether a file system and a shell's environment can hold it at all.</summary>
    public static bool IsText(string text)
    {
        try
        {
            _ = new UTF8Encoding(false, true).GetBytes(text);
            return !text.Contains('\0', StringComparison.Ordinal);
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
