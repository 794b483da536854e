using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>Somebody has lost their second factors: an administrator takes them away, and sees who signed in to the account; so does
/// everybody of their own.</summary>
[Collection(BrowserCollection.Name)]
public sealed class LostFactorsJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-lost-").FullName;
    private string database = "";
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        server = await PortalServer.StartAsync(database, folder, new Dictionary<string, string> { ["Portal__Roles"] = "web" }, Cancel);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Lost_factors_are_taken_away_and_sign_ins_are_seen(ColorScheme scheme, int width)
    {
        var browser = await fixture.BrowserAsync();
        await using var ada = await Visit.StartAsync(browser, server.Address, scheme, width);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await using var grace = await Visit.StartAsync(browser, server.Address, scheme, width);
        await grace.RegisterAsync("Grace Hopper", "grace@example.org");
        await grace.OpenAsync("/account/sign-ins");
        var mine = grace.Page.GetByRole(AriaRole.Region, new() { Name = "Sign-ins" }).Locator("tbody tr");
        await Assertions.Expect(mine).ToHaveCountAsync(1);
        await Assertions.Expect(mine).ToContainTextAsync("Signed in");
        await Assertions.Expect(mine).ToContainTextAsync("by the password");
        await Assertions.Expect(mine).ToContainTextAsync("127.0.0.1");
        await LookAsync(grace);
        // Somebody else tries meanwhile: it comes in by itself.
        await using (var other = await Visit.StartAsync(browser, server.Address, scheme, width))
        {
            await other.Page.GotoAsync("/sign-in");
            await other.Page.GetByLabel("Mail address").FillAsync("grace@example.org");
            await other.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("not the right one");
            await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        }
        await Assertions.Expect(mine.First).ToContainTextAsync("Refused");
        await Assertions.Expect(mine.First).ToContainTextAsync("it was not right");

        await PostgresFixture.AdministerAsync(database,
            "update accounts.users set two_factor_enabled = true, authenticator_since = now() where email = 'grace@example.org'");
        await ada.OpenAsync("/admin/users");
        var row = ada.Page.Locator("tr", new() { HasText = "Grace Hopper" });
        await Assertions.Expect(row).ToContainTextAsync("two steps");
        await LookAsync(ada);
        await Button(ada, "Remove the second factors of Grace Hopper").ClickAsync();
        await ada.Page.GetByLabel("Their mail address").FillAsync("ada@example.org");
        await Button(ada, "Remove them").ClickAsync();
        await Assertions.Expect(ada.Page.Locator("#factors-address-error")).ToContainTextAsync("not the mail address of this account");
        await LookAsync(ada);
        await ada.Page.GetByLabel("Their mail address").FillAsync("grace@example.org");
        await Button(ada, "Remove them").ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("password alone");
        await Assertions.Expect(Button(ada, "Remove the second factors of Grace Hopper")).ToHaveCountAsync(0);
        await Assertions.Expect(grace.Page).ToHaveURLAsync(new Regex("/sign-in"));

        await row.GetByRole(AriaRole.Link, new() { Name = "Sign-ins of Grace Hopper" }).ClickAsync();
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign-ins of Grace Hopper" })).ToBeVisibleAsync();
        await Assertions.Expect(ada.Page.Locator("tr.refused")).ToHaveCountAsync(1);
        await LookAsync(ada);
        await ada.Page.GotoAsync("/account");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Sign-ins" }).ClickAsync();
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign-ins", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(ada.Page.Locator("tbody tr")).ToHaveCountAsync(1);
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
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
