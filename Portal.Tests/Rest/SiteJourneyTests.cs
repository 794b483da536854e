using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Rest;

/// <summary>What a program does with a real machine, by REST alone.</summary>
public sealed class SiteJourneyTests(RunningPortalFixture portals, SiteFixture sites)
{
    private const string Workflow = """
        portal: 1
        name: tiny
        title: Tiny
        parameters:
          word: { type: text, default: hello }
          times: { type: integer, default: 1 }
        steps:
          - id: greet
            command: echo "$PARAM_WORD $PARAM_TIMES" | tee out.txt
            resources: { time: 2m }
        outputs:
          - { from: out.txt, to: "endpoint://data/tiny/${{ run.id }}/out.txt" }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Register_pin_key_test_submit_follow_log_and_download()
    {
        var portal = await portals.PortalAsync(Cancel);
        var site = await sites.SiteAsync(Cancel);
        using var program = await RestClient.SignUpAsync(portal, Cancel);
        var (machine, token) = await MachineAsync(program, site);
        await program.PostAsync("endpoints", new { name = "data", url = site.Facts.FtpUrl, userName = site.Facts.FtpUser, password = site.Facts.FtpPassword }, Cancel);
        var workflow = await program.PostAsync("workflows", new StringContent(Workflow, Encoding.UTF8, "text/yaml"), Cancel);
        var body = new
        {
            id = Guid.CreateVersion7().ToString("n"), machine, workflow = workflow.GetProperty("id").GetString(), securityToken = token,
            parameters = new { word = "good day; $(id) 'x'", times = 3 }, leaseFor = "PT1H",
        };
        var run = await program.PostAsync("runs", body, Cancel);
        await program.PostAsync("runs", body, Cancel);
        var id = run.GetProperty("id").GetString()!;
        var seen = await FollowAsync(program, id, null);
        Assert.Equal(Enumerable.Range(1, seen.Count), seen.Select(arrived => int.Parse(arrived.Id!, CultureInfo.InvariantCulture)));
        Assert.Equal("run_submitted", seen[0].Type);
        Assert.True(seen.Exists(arrived => arrived.Type == "run_succeeded"), seen[^1].Data.ToString());
        Assert.Single(seen, arrived => arrived.Type == "run_submitted");
        // Going on after an event repeats and misses nothing; after the last there is nothing to wait for.
        Assert.Equal(seen.Skip(3).Select(arrived => arrived.Id), (await FollowAsync(program, id, "3")).Select(arrived => arrived.Id));
        Assert.Empty(await FollowAsync(program, id, seen[^1].Id));
        await SeeResultsAsync(program, id, "good day; $(id) 'x' 3\n");
        using var stranger = await RestClient.SignUpAsync(portal, Cancel);
        foreach (var path in (string[])["", "/events", "/log?step=greet", "/outputs/0"]) await stranger.GetAsync($"runs/{id}{path}", Cancel, 404);
        await stranger.PostAsync($"runs/{id}/cancel", null, Cancel, 404);
        await stranger.PostAsync($"runs/{id}/token", new { securityToken = "x" }, Cancel, 404);
        await stranger.DeleteAsync($"runs/{id}/lease", Cancel, 404);
        await stranger.GetAsync($"machines/{machine}/host-keys", Cancel, 404);
    }

    [Fact]
    public async Task A_wrong_token_starts_nothing_and_a_cancelled_run_ends_cancelled()
    {
        var site = await sites.SiteAsync(Cancel);
        using var program = await RestClient.SignUpAsync(await portals.PortalAsync(Cancel), Cancel);
        var (machine, token) = await MachineAsync(program, site);
        var sleeping = "portal: 1\nname: sleeping\ntitle: Sleeping\nsteps:\n  - { id: wait, command: sleep 600, resources: { time: 20m } }\n";
        var refused = await program.PostAsync("runs", new { machine, description = sleeping, securityToken = token[..^6] }, Cancel, 422);
        Assert.Equal("TOKEN_MALFORMED", refused.GetProperty("code").GetString());
        Assert.DoesNotContain(token[8..20], refused.ToString(), StringComparison.Ordinal);
        var run = await program.PostAsync("runs", new { machine, description = sleeping, securityToken = token }, Cancel);
        var id = run.GetProperty("id").GetString()!;
        await program.PostAsync($"runs/{id}/cancel", null, Cancel, 202);
        Assert.Contains(await FollowAsync(program, id, null), arrived => arrived.Type == "run_cancelled");
        Assert.Equal("Cancelled", (await program.GetAsync($"runs/{id}", Cancel)).GetProperty("phase").GetString());
        Assert.Equal("RUN_ENDED", (await program.PostAsync($"runs/{id}/token", new { securityToken = token }, Cancel, 409)).GetProperty("code").GetString());
    }

    /// <summary>Registers the site's machine as a user would; its id and the security token.</summary>
    internal static async Task<(string Id, string Token)> MachineAsync(RestClient program, DemoSite site)
    {
        var facts = site.Facts;
        var machine = await program.PostAsync("machines",
            new { name = "site", host = facts.Host, port = facts.SshPort, user = facts.User, workFolder = facts.Workdir }, Cancel);
        var id = machine.GetProperty("id").GetString()!;
        var published = "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(facts.HostKey.Split(' ')[1]))).TrimEnd('=');
        var keys = (await program.GetAsync($"machines/{id}/host-keys", Cancel)).GetProperty("keys").EnumerateArray();
        Assert.Contains(keys, key => key.GetProperty("fingerprint").GetString() == published);
        await program.PutAsync($"machines/{id}/host-keys", new { fingerprints = new[] { "SHA256:AAAA" } }, Cancel, 422);
        var pinned = await program.PutAsync($"machines/{id}/host-keys", new { fingerprints = new[] { published } }, Cancel);
        Assert.Equal("Ready", pinned.GetProperty("state").GetString());
        var key = await program.PostAsync($"machines/{id}/credential", null, Cancel);
        await site.AuthorizeAsync(key.GetProperty("publicKey").GetString()!, Cancel);
        var token = key.GetProperty("securityToken").GetString()!;
        var check = await program.PostAsync($"machines/{id}/check", new { securityToken = token }, Cancel, 200);
        Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString());
        Assert.DoesNotContain("securityToken", (await program.GetAsync($"machines/{id}/credential", Cancel)).ToString(), StringComparison.Ordinal);
        return (id, token);
    }

    private static async Task SeeResultsAsync(RestClient program, string id, string expected)
    {
        using var log = await program.Http.GetAsync($"runs/{id}/log?step=greet", Cancel);
        Assert.Equal(expected, await log.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("true", log.Headers.GetValues("Portal-Log-Complete").Single());
        Assert.Equal(expected[5..], await program.Http.GetStringAsync($"runs/{id}/log?step=greet&offset=5&follow=true", Cancel));
        var run = await program.GetAsync($"runs/{id}", Cancel);
        var output = Assert.Single(run.GetProperty("outputs").EnumerateArray());
        using var given = await program.Http.GetAsync($"runs/{id}/outputs/0", Cancel);
        var bytes = await given.Content.ReadAsByteArrayAsync(Cancel);
        // No browser takes it for a page of the portal's, and none keeps it.
        var policy = given.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("sandbox; default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Equal(("attachment", "application/octet-stream", true), (given.Content.Headers.ContentDisposition?.DispositionType,
            given.Content.Headers.ContentType?.MediaType, given.Headers.CacheControl?.NoStore));
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes));
        Assert.Equal(output.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        await program.GetAsync($"runs/{id}/outputs/1", Cancel, 404);
        var first = await program.GetAsync($"runs/{id}?version=1", Cancel);
        Assert.Equal("Submitted", first.GetProperty("phase").GetString());
        var page = await program.GetAsync($"runs/{id}/events?limit=2", Cancel);
        Assert.Equal("rest", page.GetProperty("items")[0].GetProperty("actor").GetProperty("door").GetString());
        Assert.Equal("2", page.GetProperty("next").GetString());
    }

    internal static async Task<List<ArrivedEvent>> FollowAsync(RestClient program, string run, string? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"runs/{run}/events");
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (after is not null) request.Headers.Add("Last-Event-ID", after);
        using var answer = await program.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var seen = new List<ArrivedEvent>();
        await foreach (var arrived in EventReader.ReadAsync(answer, Cancel)) seen.Add(arrived);
        return seen;
    }
}
