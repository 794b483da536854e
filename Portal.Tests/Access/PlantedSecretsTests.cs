using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Tests.Browser;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Access;

/// <summary>Whoever looks for secrets at the end of every test sees them: one is put into each place where it must not be, in each form.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class PlantedSecretsTests(PostgresFixture postgres, BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Each time another, so that no scan but this test's own knows it.
    private readonly string planted = $"planted \"{Guid.NewGuid():n}\" & {Guid.NewGuid():n}";
    private readonly Secrets secrets = new();

    [Fact]
    public async Task A_secret_is_found_in_the_dump_the_queue_the_log_the_traces_files_and_memory()
    {
        secrets.Add("the planted one", planted);
        await using var portal = await TestPortal.StartAsync(postgres, Cancel);
        Assert.Empty(await LeakScan.FindAsync(portal.Places, secrets));
        await FoundAsync("the dump of the database", () => PostgresFixture.RunAsync(portal.Database,
            $"create table planted (it bytea); insert into planted values ('\\x{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(planted))}')"));
        await PostgresFixture.RunAsync(portal.Database, "drop table planted");
        await FoundAsync("the dump of the database", () => PostgresFixture.RunAsync(portal.Database,
            $"insert into qrtz_paused_trigger_grps values ('planted', '{planted}')"));
        await PostgresFixture.RunAsync(portal.Database, "delete from qrtz_paused_trigger_grps where sched_name = 'planted'");
        await FoundAsync("the log", () =>
        {
#pragma warning disable CA1848, CA2254 // A careless program is what is played here.
            portal.Services.GetRequiredService<ILogger<PlantedSecretsTests>>().LogDebug("It is {Planted}", planted);
#pragma warning restore CA1848, CA2254
            return Task.CompletedTask;
        });
        await FoundAsync("the traces", () =>
        {
            using var source = new ActivitySource("planted");
            source.StartActivity("planted")!.SetTag("planted", planted).Stop();
            return Task.CompletedTask;
        });
        await FoundAsync(portal.Folder, () => File.WriteAllTextAsync(Path.Combine(portal.Folder, "planted"), planted, Cancel));
        var memory = Directory.CreateDirectory($"/dev/shm/portal-planted-{Guid.NewGuid():n}").FullName;
        try
        {
            await FoundAsync(memory, () => File.WriteAllTextAsync(Path.Combine(memory, "planted"), planted, Cancel));
        }
        finally
        {
            Directory.Delete(memory, true);
        }

        async Task FoundAsync(string place, Func<Task> plant)
        {
            await plant();
            Assert.Contains(await LeakScan.FindAsync(portal.Places, secrets),
                found => found.StartsWith("the planted one", StringComparison.Ordinal) && found.Contains($"is in {place}", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_secret_in_an_address_a_header_or_an_answer_is_found_by_the_portals_recording_and_by_the_browsers()
    {
        await using var server = await fixture.StartAsync(new Dictionary<string, string> { ["Portal__Roles"] = "web" }, Cancel);
        var word = $"planted-{Guid.NewGuid():n}";
        secrets.Add("the planted one", word);
        using (var http = new HttpClient { BaseAddress = new(server.Address) })
        {
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", word);
            http.DefaultRequestHeaders.Add("X-Planted", word);
            await http.GetAsync(new Uri($"/sign-in?then={word}", UriKind.Relative), Cancel);
        }
        var archive = Path.Combine(Path.GetTempPath(), $"portal-planted-{Guid.NewGuid():n}.har");
        await using (var context = await (await fixture.BrowserAsync()).NewContextAsync(new() { RecordHarPath = archive, BaseURL = server.Address }))
        {
            var page = await context.NewPageAsync();
            await context.SetExtraHTTPHeadersAsync([KeyValuePair.Create("X-Planted", word)]);
            await page.GotoAsync($"/sign-in?then={word}");
            await context.CloseAsync();
        }
        var browsers = LeakScan.InExchanges([.. Exchange.OfArchive(archive, server.Address)], secrets);
        File.Delete(archive);
        var portals = LeakScan.InExchanges([.. Recording.Exchanges(server.Places.Recordings[0])], secrets);
        foreach (var found in (IReadOnlyList<string>[])[browsers, portals])
            foreach (var part in (string[])["the address", "the header X-Planted", "the answer"])
                Assert.Contains(found, one => one.Contains($"is in {part}", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(portals, one => one.Contains("Authorization", StringComparison.Ordinal));
        // Neither the log nor the traces of a portal in a process of its own are out of sight.
        foreach (var (file, known) in new[] { ("log", "Application started"), ("traces", "/sign-in") })
            Assert.Contains(known, await File.ReadAllTextAsync(Path.Combine(server.Places.Recordings[0], file), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_a_circuit_draws_is_found_in_its_frames()
    {
        await using var server = await fixture.StartAsync(new Dictionary<string, string> { ["Portal__Roles"] = "web" }, Cancel);
        var word = $"planted-{Guid.NewGuid():n}";
        secrets.Add("the planted one", word);
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address);
        await visit.RegisterAsync("Ada", $"ada-{Guid.NewGuid():n}@example.org");
        await visit.OpenAsync("/runs");
        Assert.Empty(LeakScan.InExchanges([.. visit.Frames.With(server.Address)], secrets));
        await visit.OpenAsync($"/runs?name={word}");
        var found = LeakScan.InExchanges([.. visit.Frames.With(server.Address)], secrets);
        Assert.Equal(["the planted one (plain) is in the answer of WebSocket"], found.Select(one => one.Split(" ws:")[0]));
    }

    [Fact]
    public void What_a_portal_makes_is_shown_by_one_answer_and_cookies_stay_in_their_headers()
    {
        var (token, cookie) = ($"portal_pat_{Guid.NewGuid():n}{Guid.NewGuid():n}", $"{Guid.NewGuid():n}");
        var made = Of("POST", "", [], token);
        Assert.Empty(LeakScan.InExchanges([made, Of("GET", "", [new("authorization", $"Bearer {token}")], "")], secrets));
        Assert.Single(LeakScan.InExchanges([made, Of("GET", "", [], token)], secrets));
        Assert.Single(LeakScan.InExchanges([made, Of("GET", $"?token={token}", [], "")], secrets));
        var set = Of("POST", "", [], "") with { Answered = [new("set-cookie", $"portal-session={cookie}; path=/; httponly")] };
        Assert.Empty(LeakScan.InExchanges([set, Of("GET", "", [new("cookie", $"portal-session={cookie}")], "")], secrets));
        Assert.Single(LeakScan.InExchanges([set, Of("GET", "", [new("authorization", cookie)], "")], secrets));
        Assert.Single(LeakScan.InExchanges([set, Of("GET", "", [], cookie)], secrets));
    }

    [Fact]
    public void Each_form_of_a_secret_is_found_wherever_it_begins()
    {
        secrets.Add("the planted one", planted);
        var bytes = Encoding.UTF8.GetBytes(planted);
        foreach (var before in (string[])["", "a", "ab", "abc"])
            foreach (var written in (string[])[planted, Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
                Convert.ToBase64String(Encoding.UTF8.GetBytes(before + planted + before)), Uri.EscapeDataString(planted),
                System.Text.Json.JsonSerializer.Serialize(planted), System.Net.WebUtility.HtmlEncode(planted)])
                Assert.True(secrets.Search(Encoding.UTF8.GetBytes(before + written + before)).Any(), written);
        Assert.Empty(secrets.Search(Encoding.UTF8.GetBytes(planted[1..])));
    }

    private static Exchange Of(string method, string query, KeyValuePair<string, string>[] asked, string answer) =>
        new(method, $"http://portal.test/{query}", asked, "", 200, [], answer);
}
