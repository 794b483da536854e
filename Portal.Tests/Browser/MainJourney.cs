using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Cli.Audit;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>The main job as a new member does it, in the browser alone: sign up, add the machine, run a study and watch it, look at what
/// came of it, begin another run and call it off.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MainJourney(BrowserFixture fixture, SiteFixture sites)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Patient = new() { Timeout = 120_000 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_member_runs_a_study_watches_it_and_calls_another_off()
    {
        var site = await sites.SiteAsync(Cancel);
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Ada Lovelace", $"main-{Guid.NewGuid():n}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        var steps = new MachinesSteps(visit, site);
        var token = await steps.SetUpAsync("aurora", Cancel);
        await AddEndpointAsync(visit, steps, site);

        await visit.OpenAsync("/workflows/new");
        await visit.Page.GetByLabel("Description of the workflow", new() { Exact = true }).FillAsync(await File.ReadAllTextAsync(site.Facts.WorkflowFile, Cancel));
        await steps.Button("Save").ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/workflows/[0-9a-f]{32}"));
        var workflow = Regex.Match(visit.Page.Url, "[0-9a-f]{32}").Value;

        await SubmitAsync(visit, steps, workflow, token, cases: "1-2");
        await Assertions.Expect(visit.Page.Locator(".page-title .badge")).ToHaveTextAsync("Running", new() { Timeout = 120_000 });
        await visit.OpenAsync(new Uri(visit.Page.Url).AbsolutePath + "?tab=logs&step=sweep");
        await Assertions.Expect(visit.Page.GetByText(new Regex("case 1: +[0-9]+ %")).First).ToBeVisibleAsync(Patient);
        await Assertions.Expect(visit.Page.Locator(".page-title .badge")).ToHaveTextAsync("Succeeded", new() { Timeout = 180_000 });

        await visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Results") }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByTestId("result-0").GetByRole(AriaRole.Table)).ToBeVisibleAsync(Patient);
        await Assertions.Expect(visit.Page.GetByTestId("result-1").Locator("img")).ToBeVisibleAsync(Patient);
        await HashesAgreeAsync(visit, site);
        await CratesHoldAsync(visit);
        var found = await Axe.LookAsync(visit.Page);
        Assert.True(found.Count == 0, string.Join('\n', found));

        await SubmitAsync(visit, steps, workflow, token, cases: "1-8");
        await Assertions.Expect(visit.Page.Locator(".page-title .badge")).ToHaveTextAsync("Running", new() { Timeout = 120_000 });
        var run = Regex.Match(visit.Page.Url, "runs/([0-9a-f]{32})").Groups[1].Value;
        await visit.Page.Locator(".page-actions").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { NameRegex = new("Cancel (the|this)? ?run") }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".page-title .badge")).ToHaveTextAsync("Cancelled", new() { Timeout = 120_000 });
        Assert.DoesNotContain(run, (await site.RunAsync("squeue -h -o %j", cancel: Cancel)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(visit.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static async Task AddEndpointAsync(Visit visit, MachinesSteps steps, DemoSite site)
    {
        await visit.OpenAsync("/data");
        await steps.Button("Add an endpoint").First.ClickAsync();
        await visit.Page.Locator("#endpoint-name").FillAsync("demo-data");
        await visit.Page.Locator("#endpoint-url").FillAsync(site.Facts.FtpUrl);
        await visit.Page.Locator("#endpoint-user").FillAsync(site.Facts.FtpUser);
        await visit.Page.Locator("#endpoint-password").FillAsync(site.Facts.FtpPassword);
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Table).GetByText("demo-data").First).ToBeVisibleAsync();
    }

    private static async Task SubmitAsync(Visit visit, MachinesSteps steps, string workflow, string token, string cases)
    {
        await visit.OpenAsync($"/runs/new?workflow={workflow}");
        await visit.Page.GetByLabel("Grid points a side").FillAsync("80");
        await visit.Page.GetByLabel("Cases").FillAsync(cases);
        await visit.Page.GetByLabel("Security token").FillAsync(token);
        await Assertions.Expect(visit.Page.GetByTestId("plan")).ToContainTextAsync("Solve each case");
        await steps.Button("Submit run").ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/runs/[0-9a-f]{32}"), new() { Timeout = 30_000 });
    }

    // What the page shows as a result's hash is the hash of what lies on the data server.
    private static async Task HashesAgreeAsync(Visit visit, DemoSite site)
    {
        var run = Regex.Match(visit.Page.Url, "runs/([0-9a-f]{32})").Groups[1].Value;
        var content = await visit.Page.ContentAsync();
        foreach (var name in new[] { "summary.csv", "plot.svg" })
        {
            var bytes = await File.ReadAllBytesAsync($"{site.Facts.FtpFolder}/heat-sweep/results/{run}/{name}", Cancel);
            Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)), content, StringComparison.Ordinal);
        }
        await BoxedAsync(visit, $"/runs/{run}/results/0", "text/plain; charset=utf-8", "inline");
        await BoxedAsync(visit, $"/runs/{run}/results/1", "image/svg+xml", "inline");
        await BoxedAsync(visit, $"/runs/{run}/results/1?download=1", "image/svg+xml", "attachment");
        await BoxedAsync(visit, $"/runs/{run}/logs/sweep/1/stdout?task=1", "text/plain; charset=utf-8", "attachment");
    }

    // One click each; what comes is verified with the portal's public key and nothing else.
    private static async Task CratesHoldAsync(Visit visit)
    {
        var keys = await (await visit.Context.APIRequest.GetAsync("/audit/seal-keys.pem")).TextAsync();
        foreach (var (link, files) in new[] { ("Crate", 5), ("Crate with all it led to", 5), ("Crate with results", 7) })
        {
            var crate = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator(".page-actions")
                .GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());
            var report = await new ExportCheck(keys).RunAsync(await crate.PathAsync(), Cancel);
            Assert.Equal((true, 0, files), (report.Holds, report.Unsealed, report.Files));
        }
    }

    // What others wrote runs nothing, is in no frame and is kept by no browser, opened by its own address too.
    private static async Task BoxedAsync(Visit visit, string path, string type, string disposition)
    {
        var headers = (await visit.Context.APIRequest.GetAsync(path)).Headers;
        Assert.Equal("sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'", headers["content-security-policy"]);
        Assert.Equal((type, "nosniff"), (headers["content-type"], headers["x-content-type-options"]));
        Assert.Contains("no-store", headers["cache-control"], StringComparison.Ordinal);
        Assert.StartsWith(disposition + ";", headers["content-disposition"], StringComparison.Ordinal);
    }
}
