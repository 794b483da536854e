using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>Signing in by a real provider: the first time, again with other groups, connected to an account and taken off it,
/// and what is said when it does not work. One entry speaks OpenID Connect, the other OAuth 2.0 alone.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ProviderJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-oidc-").FullName;
    private OidcServer oidc = null!;
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        oidc = await OidcServer.StartAsync(Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), OidcServer.Secret, Cancel);
        var settings = new Dictionary<string, string>
        {
            ["Portal__Roles"] = "web",
            ["Portal__Providers__campus__DisplayName"] = "Campus",
            ["Portal__Providers__campus__Authority"] = oidc.Address,
            ["Portal__Providers__campus__ClientId"] = "portal",
            ["Portal__Providers__campus__ClientSecretFile"] = Path.Combine(folder, "secret"),
            ["Portal__Providers__campus__Scopes"] = "openid profile email groups",
            ["Portal__Providers__campus__Grants__0__Claim"] = "groups",
            ["Portal__Providers__campus__Grants__0__Value"] = "operators",
            ["Portal__Providers__campus__Grants__0__Administrator"] = "true",
            ["Portal__Providers__plain__DisplayName"] = "Plain",
            ["Portal__Providers__plain__AuthorizationEndpoint"] = $"{oidc.Address}/auth",
            ["Portal__Providers__plain__TokenEndpoint"] = $"{oidc.Address}/token",
            ["Portal__Providers__plain__UserEndpoint"] = $"{oidc.Address}/me",
            ["Portal__Providers__plain__ClientId"] = "portal",
            ["Portal__Providers__plain__ClientSecret"] = OidcServer.Secret,
            ["Portal__Providers__plain__Scopes"] = "openid profile email",
        };
        var data = Path.Combine(folder, "data");
        server = await PortalServer.StartAsync(await postgres.CreateDatabaseAsync(), data, settings, Cancel);
        await oidc.ServeAsync(Cancel, $"{server.Address}/sign-in/from/campus", $"{server.Address}/sign-in/from/plain");
    }

    [Fact]
    public async Task A_person_signs_in_with_a_provider_and_is_what_it_says_at_each_sign_in()
    {
        await using var first = await StartAsync();
        await first.RegisterAsync("Ada Lovelace", "ada@example.org");
        await first.Page.Locator(".avatar").WaitForAsync();

        await KnowAsync("grace", "Grace Hopper", "staff", "operators");
        await using var grace = await StartAsync();
        await grace.Page.GotoAsync("/sign-in?then=%2Faccount");
        await LookAsync(grace);
        await WithAsync(grace, "Campus", "grace");
        await grace.Page.WaitForURLAsync(new Regex("/account$"));
        await Assertions.Expect(grace.Page.Locator("main")).ToContainTextAsync("grace@example.org");
        await Assertions.Expect(grace.Page.GetByText("Administrator of this portal")).ToBeVisibleAsync();

        await grace.Page.GetByRole(AriaRole.Link, new() { Name = "Ways to sign in" }).ClickAsync();
        await LookAsync(grace);
        await Button(grace, "Disconnect Campus").ClickAsync();
        await Assertions.Expect(grace.Page.Locator("#refusal")).ToContainTextAsync("only way to sign in");

        await KnowAsync("grace", "Grace Hopper", "staff");
        await grace.Page.GotoAsync("/sign-in?then=%2Faccount");
        await grace.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Campus" }).ClickAsync();
        await grace.Page.WaitForURLAsync(new Regex("/account$"));
        await Assertions.Expect(grace.Page.GetByText("Administrator of this portal")).ToHaveCountAsync(0);
        Assert.DoesNotContain(grace.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_is_connected_by_who_is_signed_in_and_what_goes_wrong_is_said()
    {
        await KnowAsync("joan", "Joan Clarke");
        await using var joan = await StartAsync();
        await joan.RegisterAsync("Joan Clarke", "joan@example.org");
        await joan.Page.Locator(".avatar").WaitForAsync();
        await using var other = await StartAsync();
        await other.Page.GotoAsync("/sign-in");
        await WithAsync(other, "Plain", "joan");
        await RefusedAsync(other, "There is an account here with the mail address that Plain tells.");
        await LookAsync(other);

        await joan.Page.GotoAsync("/account/providers");
        await ProveAsync(joan, "connect", "not the password");
        await Assertions.Expect(joan.Page.Locator("#refusal")).ToContainTextAsync("That password or code is not right.");
        await LookAsync(joan);
        await ProveAsync(joan, "connect", Visit.Password);
        await AtProviderAsync(joan, "joan");
        await Assertions.Expect(Button(joan, "Disconnect Plain")).ToBeVisibleAsync();
        // Where to go afterwards is within the portal, whatever a link says.
        await other.Page.GotoAsync("/sign-in?then=%2F%2Fevil.example");
        await other.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Plain" }).ClickAsync();
        await other.Page.WaitForURLAsync($"{server.Address}/");
        await Assertions.Expect(other.Page.Locator("summary", new() { HasText = "Joan Clarke" })).ToBeVisibleAsync();
        await Button(joan, "Disconnect Plain").ClickAsync();
        await Assertions.Expect(joan.Page.Locator("#refusal")).ToContainTextAsync("Your password or a code is needed.");
        await ProveAsync(joan, "disconnect", Visit.Password);
        await Assertions.Expect(Button(joan, "Connect Plain")).ToBeVisibleAsync();
        // A link signs nobody in, though the provider knows them.
        await joan.Page.Context.ClearCookiesAsync(new() { Name = "portal-session" });
        Assert.NotEqual(200, (await joan.Page.GotoAsync("/sign-in/with/plain"))!.Status);
        await joan.Page.GotoAsync("/account");
        await joan.Page.WaitForURLAsync(new Regex("/sign-in\\?then="));

        await using var nobody = await StartAsync();
        await nobody.Page.GotoAsync("/sign-in");
        await nobody.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with Campus" }).ClickAsync();
        await nobody.Page.Locator("a[href$='/abort']").ClickAsync();
        await RefusedAsync(nobody, "Campus did not let you in here");
        // An answer that nobody asked for, and a text that somebody wrote into a link.
        await nobody.Page.GotoAsync("/sign-in/from/campus?code=stolen&state=made-up");
        await RefusedAsync(nobody, "took too long, or was begun in another window");
        await nobody.Page.GotoAsync("/sign-in?refused=Call+this+number&by=evil");
        await RefusedAsync(nobody, "The provider did not sign you in.");
        Assert.DoesNotContain("example.org", server.Output, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        if (oidc is not null) await oidc.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ProveAsync(Visit visit, string what, string proof)
    {
        await visit.Page.Locator($"#{what}-plain-proof").FillAsync(proof);
        await Button(visit, $"{char.ToUpperInvariant(what[0])}{what[1..]} Plain").ClickAsync();
    }

    private Task KnowAsync(string sub, string name, params string[] groups) =>
        oidc.KnowAsync(new { sub, name, email = $"{sub}@example.org", email_verified = true, groups }, Cancel);

    private static async Task LookAsync(Visit visit)
    {
        await visit.Page.WaitForLoadStateAsync();
        Assert.Empty(await Axe.LookAsync(visit.Page));
    }

    private static Task RefusedAsync(Visit visit, string words) =>
        Assertions.Expect(visit.Page.Locator("#provider-refusal")).ToContainTextAsync(words);

    private static async Task WithAsync(Visit visit, string provider, string login)
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Sign in with {provider}" }).ClickAsync();
        await AtProviderAsync(visit, login);
    }

    // The provider's own pages: who it is, and that the portal may know.
    private static async Task AtProviderAsync(Visit visit, string login)
    {
        await visit.Page.Locator("input[name=login]").FillAsync(login);
        await visit.Page.Locator("input[name=password]").FillAsync("anything");
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("input[name=prompt]")).ToHaveValueAsync("consent");
        await visit.Page.Locator("button[type=submit]").ClickAsync();
    }

    private async Task<Visit> StartAsync() => await Visit.StartAsync(await fixture.BrowserAsync(), server.Address);

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
