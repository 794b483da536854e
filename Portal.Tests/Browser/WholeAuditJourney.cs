using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Tests.Access;
using Portal.Tests.Cli;

namespace Portal.Tests.Browser;

/// <summary>Somebody who has the role of an auditor and knows nothing else finds failed runs in the browser by when they failed, sees
/// why one failed and whose key ran it, steps through it, takes its crate, verifies that elsewhere, and sees that their reading was
/// recorded. That run failed on the real site.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class WholeAuditJourney(HostileSite site, BrowserFixture browsers) : IClassFixture<HostileSite>
{
    private const string Description = """
        portal: 1
        name: tides
        title: Tides
        steps:
          - { id: solve, command: "echo 'the mesh has a hole' >&2; exit 3", resources: { time: 5m } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_auditor_answers_who_did_what_with_whose_key_and_whether_the_record_is_whole()
    {
        foreach (var (name, days) in ((string, int)[])[("Tides of winter", 30), ("Tides of the week", 4)])
            await PastRun.FailedAsync(
                site.Database, Id<Project>.Parse(site.Ground.Project), name, TimeSpan.FromDays(days), Cancel);
        var run = await site.SubmitAsync(Description, name: "Tides of March");
        Assert.Equal("Failed", (await site.EndAsync(run)).Phase);
        await using var grace = await Visit.StartAsync(await browsers.BrowserAsync(), site.Ground.Visit.Address);
        await grace.RegisterAsync("Alma Mater", "alma@example.org");
        await grace.Page.Locator(".avatar").WaitForAsync();
        var admin = site.Ground.Visit;
        await admin.OpenAsync("/admin/users");
        await Button(admin, "Make auditor: Alma Mater").ClickAsync();
        await Button(admin, "Make auditor").ClickAsync();
        await Assertions.Expect(admin.Page.Locator("tr", new() { HasText = "Alma Mater" })).ToContainTextAsync("auditor");

        // Of three that failed, the two of the last seven days; of these the one that did not fail today.
        var page = grace.Page;
        await grace.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Audit", Exact = true }).First.ClickAsync();
        await grace.LiveAsync();
        var list = page.Locator(".audit-list");
        await page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("run_failed");
        var found = list.Locator("li");
        await Assertions.Expect(found).ToContainTextAsync(["Tides of March", "Tides of the week", "Tides of winter"]);
        await FillMomentAsync("From (UTC)", DateTime.UtcNow.AddDays(-7));
        await Assertions.Expect(found).ToContainTextAsync(["Tides of March", "Tides of the week"]);
        await FillMomentAsync("until", DateTime.UtcNow.AddDays(-1));
        await Assertions.Expect(found).ToContainTextAsync(["Tides of the week"]);
        await list.GetByRole(AriaRole.Link, new() { Name = "Run failed" }).ClickAsync();
        await Assertions.Expect(page.Locator(".audit-detail")).ToContainTextAsync("It ran out of memory.");
        await FillMomentAsync("until", null);
        await found.Filter(new() { HasText = "Tides of March" }).GetByRole(AriaRole.Link, new() { Name = "Run failed" }).ClickAsync();
        await page.Locator(".audit-detail").GetByRole(AriaRole.Link, new() { Name = "Tides of March" }).ClickAsync();

        // Why it failed, and whose key ran it.
        var main = page.Locator("main");
        await Assertions.Expect(page.Locator(".page-title .badge")).ToHaveTextAsync("Failed");
        await Assertions.Expect(main).ToContainTextAsync("the mesh has a hole");
        await Assertions.Expect(Button(grace, "Retry")).ToHaveCountAsync(0);
        await Assertions.Expect(Button(grace, "Cancel")).ToHaveCountAsync(0);
        var crate = await page.RunAndWaitForDownloadAsync(() =>
            page.GetByRole(AriaRole.Link, new() { Name = "Crate", Exact = true }).ClickAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Replay" }).ClickAsync();
        await grace.LiveAsync();
        var (stood, changed) = (page.GetByRole(AriaRole.Region, new() { Name = "As it was" }),
            page.GetByRole(AriaRole.Region, new() { Name = "What it changed" }));
        var last = await page.Locator(".replay").GetAttributeAsync("data-version");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Moment" }).FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await Assertions.Expect(page.Locator(".replay")).ToHaveAttributeAsync("data-version", "1");
        await Assertions.Expect(stood).Not.ToContainTextAsync("Failed");
        await Button(grace, "Step forward").ClickAsync();
        await Assertions.Expect(page.Locator(".replay")).ToHaveAttributeAsync("data-version", "2");
        await Assertions.Expect(changed).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("End");
        await page.GetByRole(AriaRole.Slider, new() { Name = "Moment" }).PressAsync("End");
        await Assertions.Expect(page.Locator(".replay")).ToHaveAttributeAsync("data-version", last!);
        await page.GetByRole(AriaRole.Link, new() { Name = "What its key was used for" }).ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("Grace Hopper");
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "What happened" })).ToContainTextAsync("Used to submit step solve");

        await VerifyElsewhereAsync(grace, crate);

        // Their own reading.
        await grace.OpenAsync("/audit?type=record_read");
        foreach (var words in (string[])["events: everything from=", "events: everything event=", $"a run: {run}",
            $"as it was: {run}", "what happened to a key: ", $"a run, taken away: {run}"])
            await Assertions.Expect(list.Locator("li", new() { HasText = "Alma Mater" }).Filter(new() { HasText = words }).First)
                .ToBeVisibleAsync();
        Assert.DoesNotContain(grace.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));

        async Task FillMomentAsync(string label, DateTime? moment)
        {
            var field = page.GetByLabel(label, new() { Exact = true });
            await field.FillAsync($"{moment:yyyy-MM-ddTHH:mm:ss}");
            await field.BlurAsync();
            var set = new Regex(@"\bset\b");
            await (moment is null ? Assertions.Expect(field).Not.ToHaveClassAsync(set) : Assertions.Expect(field).ToHaveClassAsync(set));
        }
    }

    // With the command line, the portal's public key and nothing else; a changed byte is told.
    private static async Task VerifyElsewhereAsync(Visit visit, IDownload crate)
    {
        using var elsewhere = new CommandLine();
        var (file, keys) = (Path.Combine(elsewhere.Folder, "run.crate.zip"), Path.Combine(elsewhere.Folder, "keys.pem"));
        await crate.SaveAsAsync(file);
        await File.WriteAllTextAsync(keys, await (await visit.Context.APIRequest.GetAsync("/audit/seal-keys.pem")).TextAsync(), Cancel);
        Assert.Equal(0, (await elsewhere.RunAsync("", null, "audit", "verify", file, "--keys", keys)).ExitCode);
        await ChangeAsync(file, "events.jsonl");
        Assert.NotEqual(0, (await elsewhere.RunAsync("", null, "audit", "verify", file, "--keys", keys)).ExitCode);
    }

    // A byte of what it says: some of a zip file's own mean nothing.
    private static async Task ChangeAsync(string crate, string name)
    {
        await using var zip = await ZipFile.OpenAsync(crate, ZipArchiveMode.Update, Cancel);
        await using var content = await zip.Entries.Single(entry => entry.Name == name).OpenAsync(Cancel);
        content.Position = content.Length / 3;
        var before = content.ReadByte();
        content.Position--;
        content.WriteByte((byte)(before ^ 1));
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
