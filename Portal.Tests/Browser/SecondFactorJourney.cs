using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.Web.Accounts;

namespace Portal.Tests.Browser;

/// <summary>A person adds second factors, signs in with each, ends a session from elsewhere; another is shut out.</summary>
[Collection(BrowserCollection.Name)]
public sealed class SecondFactorJourney(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_a_recovery_code_and_a_passkey_each_make_the_second_step()
    {
        await using var visit = await StartAsync(await fixture.SharedAsync(Cancel));
        var (page, mail) = (visit.Page, $"{Guid.NewGuid():n}@example.org");
        await visit.RegisterAsync("Edith Clarke", mail);
        await page.Locator(".avatar").WaitForAsync();
        await page.GotoAsync("/account/second-factors");
        await page.Locator("#begin-proof").FillAsync("not the password");
        await Button(page, "Set it up").ClickAsync();
        await Assertions.Expect(page.GetByText("That is not right.")).ToBeVisibleAsync();
        await page.Locator("#begin-proof").FillAsync(Visit.Password);
        await Button(page, "Set it up").ClickAsync();
        Assert.StartsWith("otpauth://totp/Portal:", await page.GetByText("Open it in an app").GetAttributeAsync("href"));
        var key = await page.Locator(".secret-value code").First.InnerTextAsync();
        Assert.Empty(await Axe.LookAsync(page));
        var first = Totp.Code(key);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(first);
        await Button(page, "Confirm").ClickAsync();
        var codes = await page.Locator(".recovery-codes code").AllInnerTextsAsync();
        Assert.Equal(10, codes.Count);
        foreach (var code in codes) Secrets.Note("a recovery code", code, SecretKind.Shown);

        await AddPasskeyAsync(page);
        Assert.Empty(await Axe.LookAsync(page));
        Assert.Empty(visit.Errors);

        await LeaveAsync(visit);
        await visit.SignInAsync(mail);
        // The code that confirmed the app is used up; one of a step later is not.
        await CodeAsync(page, first);
        await Assertions.Expect(page.GetByText("not right, or was used already")).ToBeVisibleAsync();
        await CodeAsync(page, Totp.Code(key, 1) == first ? Totp.Code(key, 2) : Totp.Code(key, 1));
        await page.Locator(".avatar").WaitForAsync();

        await LeaveAsync(visit);
        await visit.SignInAsync(mail);
        await CodeAsync(page, codes[3]);
        await page.Locator(".avatar").WaitForAsync();

        await LeaveAsync(visit);
        await visit.SignInAsync(mail);
        await Button(page, "Use a passkey").ClickAsync();
        await page.Locator(".avatar").WaitForAsync();

        await LeaveAsync(visit);
        Assert.Empty(await Axe.LookAsync(page));
        await Button(page, "Use a passkey").ClickAsync();
        await page.Locator(".avatar").WaitForAsync();
        await page.GotoAsync("/account/second-factors");
        await Assertions.Expect(page.Locator(".passkey-words")).ToContainTextAsync("used");
        await Assertions.Expect(page.GetByText("9 of 10 are left")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_session_that_is_ended_from_elsewhere_and_a_disabled_account_close_their_pages_within_seconds()
    {
        await using var server = await fixture.StartAsync(new Dictionary<string, string> { ["Portal__Roles"] = "web" }, Cancel);
        await using var ada = await StartAsync(server);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await using var elsewhere = await StartAsync(server);
        await elsewhere.SignInAsync("ada@example.org");
        await elsewhere.Page.Locator(".avatar").WaitForAsync();
        await elsewhere.OpenAsync("/runs");

        await ada.OpenAsync("/account/sessions");
        Assert.Empty(await Axe.LookAsync(ada.Page));
        await Button(ada.Page, new Regex("^End the session of Chrome")).ClickAsync();
        await Button(ada.Page, "End it").ClickAsync();
        await elsewhere.Page.WaitForURLAsync(new Regex("/sign-in"));
        await Assertions.Expect(ada.Page.Locator("tbody tr")).ToHaveCountAsync(1);

        await using var grace = await StartAsync(server);
        await grace.RegisterAsync("Grace Hopper", "grace@example.org");
        await grace.Page.Locator(".avatar").WaitForAsync();
        Assert.Equal(404, (await grace.Page.GotoAsync("/admin/users"))!.Status);
        await elsewhere.SignInAsync("grace@example.org");
        await elsewhere.Page.Locator(".avatar").WaitForAsync();
        await elsewhere.OpenAsync("/runs");
        await ChangePasswordAsync(grace.Page, "another long sentence");
        await elsewhere.Page.WaitForURLAsync(new Regex("/sign-in"));
        await grace.OpenAsync("/runs");
        await ada.OpenAsync("/admin/users");
        Assert.Empty(await Axe.LookAsync(ada.Page));
        await Button(ada.Page, "Sign out Grace Hopper").ClickAsync();
        await Button(ada.Page, "Sign out").ClickAsync();
        await grace.Page.WaitForURLAsync(new Regex("/sign-in"));
        await grace.SignInAsync("grace@example.org", "another long sentence");
        await grace.Page.Locator(".avatar").WaitForAsync();
        await grace.OpenAsync("/runs");
        await Button(ada.Page, "Disable Grace Hopper").ClickAsync();
        await Button(ada.Page, "Disable").ClickAsync();
        await grace.Page.WaitForURLAsync(new Regex("/sign-in"));
        await grace.SignInAsync("grace@example.org", "another long sentence");
        await Assertions.Expect(grace.Page.Locator("#refusal")).ToContainTextAsync("This account is disabled.");
        await Button(ada.Page, "Enable Grace Hopper").ClickAsync();
        await Button(ada.Page, "Disable Grace Hopper").WaitForAsync();
        await grace.SignInAsync("grace@example.org", "another long sentence");
        await grace.Page.Locator(".avatar").WaitForAsync();
    }

    private async Task<Visit> StartAsync(PortalServer server) =>
        // Passkeys are made for a name; an address in numbers has none.
        await Visit.StartAsync(
            await fixture.BrowserAsync(), server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    private static async Task AddPasskeyAsync(IPage page)
    {
        var devices = await page.Context.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true,
                ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
        await page.GetByLabel("Name of the new passkey").FillAsync("Laptop");
        await page.Locator("#passkey-proof").FillAsync(Visit.Password);
        await Button(page, "Add a passkey").ClickAsync();
        await page.Locator("[data-passkey-name=Laptop]").WaitForAsync();
    }

    private static async Task ChangePasswordAsync(IPage page, string password)
    {
        await page.GotoAsync("/account");
        Secrets.Note("a person's password", password);
        await page.GetByLabel("Present password").FillAsync(Visit.Password);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync(password);
        await page.GetByLabel("New password again").FillAsync(password);
        await Button(page, "Change password").ClickAsync();
        await page.GetByText("The password is changed").WaitForAsync();
    }

    private static async Task CodeAsync(IPage page, string code)
    {
        await page.WaitForURLAsync(new Regex("/sign-in/code"));
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await Button(page, "Go on").ClickAsync();
    }

    private static async Task LeaveAsync(Visit visit)
    {
        await visit.OpenAsync("/runs");
        await visit.Page.Locator("details.menu summary", new() { HasText = "Edith Clarke" }).ClickAsync();
        await Button(visit.Page, "Sign out").ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex("/sign-in$"));
    }

    private static ILocator Button(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(IPage page, Regex name) => page.GetByRole(AriaRole.Button, new() { NameRegex = name });
}
