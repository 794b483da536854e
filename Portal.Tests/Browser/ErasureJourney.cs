using Microsoft.Playwright;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>An administrator places a hold on somebody, is refused to erase them, lifts it, and erases them: their page closes, and
/// what is left of them is an id.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class ErasureJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-erasure-").FullName;
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await PortalServer.StartAsync(await postgres.CreateDatabaseAsync(), folder,
        new Dictionary<string, string> { ["Portal__Roles"] = "web" }, Cancel);

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_hold_forbids_erasing_and_who_is_erased_is_an_id(ColorScheme scheme, int width)
    {
        var browser = await fixture.BrowserAsync();
        await using var ada = await Visit.StartAsync(browser, server.Address, scheme, width);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await using var grace = await Visit.StartAsync(browser, server.Address, scheme, width);
        await grace.RegisterAsync("Grace Hopper", "grace@example.org");
        await grace.OpenAsync("/account/sessions");

        await ada.OpenAsync("/admin/users");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Hold: Grace Hopper" }).ClickAsync();
        await Button(ada, "Place the hold").ClickAsync();
        await Assertions.Expect(ada.Page.Locator("#hold-reason-error")).ToContainTextAsync("A reason has 1 to 500 characters");
        await LookAsync(ada);
        await ada.Page.GetByLabel("Reason").FillAsync("audit of 2026");
        await Button(ada, "Place the hold").ClickAsync();
        var row = ada.Page.Locator("tr", new() { HasText = "audit of 2026" });
        await Assertions.Expect(row).ToContainTextAsync("person Grace Hopper");
        await LookAsync(ada);

        await EraseAsync(ada, "ada@example.org");
        await Assertions.Expect(ada.Page.Locator("#erase-address-error")).ToContainTextAsync("not the mail address of this account");
        await LookAsync(ada);
        await EraseAsync(ada, "grace@example.org");
        await Assertions.Expect(ada.Page.Locator("dialog[open]")).ToContainTextAsync("audit of 2026");
        await LookAsync(ada);

        await ada.OpenAsync("/admin/holds");
        await Button(ada, "Lift the hold: audit of 2026").ClickAsync();
        await Button(ada, "Lift").ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Lifted");
        await EraseAsync(ada, "grace@example.org");
        await Assertions.Expect(ada.Page.Locator("tr", new() { HasText = "Grace Hopper" })).ToHaveCountAsync(0);
        await Assertions.Expect(grace.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/sign-in"));
        await ada.OpenAsync("/admin/holds");
        await Assertions.Expect(row).ToContainTextAsync("person erased ");
        await LookAsync(ada);
        Assert.DoesNotContain(ada.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task EraseAsync(Visit visit, string address)
    {
        await visit.OpenAsync("/admin/users");
        await Button(visit, "Erase Grace Hopper").ClickAsync();
        await visit.Page.GetByLabel("Their mail address").FillAsync(address);
        await Button(visit, "Erase for good").ClickAsync();
    }

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), visit.Page.Url);
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
