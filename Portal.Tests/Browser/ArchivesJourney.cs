using Microsoft.Playwright;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>An administrator archives a run of long ago: its page, its replay and its events say where it is. Then it is brought
/// back.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class ArchivesJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-archives-").FullName;
    private string database = "";
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        server = await PortalServer.StartAsync(database, folder,
            new Dictionary<string, string> { ["Portal__Archives__Folder"] = Path.Combine(folder, "archives") }, Cancel);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_run_of_long_ago_is_archived_and_brought_back(ColorScheme scheme, int width)
    {
        await using var ada = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await ada.OpenAsync("/projects");
        var project = Id<Project>.Parse((await ada.Page.Locator("main a[href^='/projects/']").First.GetAttributeAsync("href"))![^32..]);
        var run = await PastRun.FailedAsync(database, project, Given.Submitted.Name, TimeSpan.FromDays(400), Cancel);

        await ada.OpenAsync("/admin/archives");
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is archived" })).ToBeVisibleAsync();
        await LookAsync(ada);
        await Button(ada, "Archive now").ClickAsync();
        var dialog = ada.Page.Locator("dialog[open]");
        await Assertions.Expect(dialog).ToContainTextAsync("1 run can be archived");
        await ada.Page.GetByLabel("Ended before").FillAsync("2999-01-01");
        await Assertions.Expect(ada.Page.Locator("#archive-before-error")).ToContainTextAsync("That is still to come");
        await LookAsync(ada);
        await ada.Page.GetByLabel("Ended before").FillAsync("2000-01-01");
        await Assertions.Expect(dialog).ToContainTextAsync("0 runs can be archived");
        await ada.Page.GetByLabel("Ended before").FillAsync(DateTimeOffset.UtcNow.AddDays(-30).ToString("yyyy-MM-dd"));
        await Assertions.Expect(dialog).ToContainTextAsync("1 run can be archived");
        await LookAsync(ada);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Archive now" }).ClickAsync();
        var row = ada.Page.Locator("tr", new() { HasText = "archive-" });
        await Assertions.Expect(row).ToContainTextAsync("by Ada Lovelace");
        await LookAsync(ada);

        await ada.OpenAsync($"/runs/{run}");
        await Assertions.Expect(ada.Page.Locator(".note")).ToContainTextAsync("archived on");
        await Assertions.Expect(ada.Page.Locator("main")).ToContainTextAsync("It ran out of memory.");
        await LookAsync(ada);
        await ada.OpenAsync("/runs");
        await Assertions.Expect(ada.Page.Locator("tr", new() { HasText = Given.Submitted.Name })).ToHaveCountAsync(1);
        await ada.OpenAsync($"/runs/{run}/replay");
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("archived on");
        await LookAsync(ada);
        await ada.OpenAsync($"/audit?run={run}&type=run_failed");
        await ada.Page.Locator(".audit-list").GetByRole(AriaRole.Link, new() { Name = "Run failed" }).ClickAsync();
        await Assertions.Expect(ada.Page.Locator(".audit-detail .note")).ToContainTextAsync("archived on");
        await LookAsync(ada);

        await ada.OpenAsync("/admin/archives");
        await row.GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await ada.Page.Locator("dialog[open]").GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await Assertions.Expect(row.GetByRole(AriaRole.Button, new() { Name = "Bring back" })).ToHaveCountAsync(0);
        await LookAsync(ada);
        await ada.OpenAsync($"/runs/{run}");
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Link, new() { Name = "Replay" })).ToBeVisibleAsync();
        Assert.DoesNotContain(ada.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), visit.Page.Url);
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First;
}
