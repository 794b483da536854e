using Microsoft.Playwright;
using Npgsql;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Web.Edge.Tls;

namespace Portal.Tests.Browser;

/// <summary>What people do with mails: confirm their address, get another password, come by invitation. The mail server is a real
/// one, asks for a password and speaks only through TLS.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MailJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-mail-").FullName;
    private string database = "";
    private MailHost mails = null!;
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        var (certificate, key) = DevelopmentCertificate.In(folder, TimeProvider.System.GetUtcNow());
        mails = await MailHost.StartAsync(Cancel, "--tls", "starttls", "--certificate", certificate, "--key", key,
            "--user", "portal", "--password", "of the mails");
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), "of the mails\n", Cancel);
        server = await PortalServer.StartAsync(database, Path.Combine(folder, "data"), new Dictionary<string, string>
        {
            ["Portal__Roles"] = "web", ["Portal__SignUp"] = "invitation", ["Portal__Address"] = "http://portal.test",
            ["Portal__Mail__Host"] = "localhost", ["Portal__Mail__Port"] = $"{mails.Port}",
            ["Portal__Mail__User"] = "portal", ["Portal__Mail__PasswordFile"] = Path.Combine(folder, "password"),
            ["Portal__Mail__From"] = "Portal <portal@example.org>", ["SSL_CERT_FILE"] = certificate,
        }, Cancel);
    }

    [Fact]
    public async Task A_person_confirms_their_address_invites_another_and_gets_another_password()
    {
        await using var ada = await StartAsync();
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await Assertions.Expect(ada.Page.Locator("#sent")).ToBeVisibleAsync();
        await LookAsync(ada);
        await ada.SignInAsync("ada@example.org");
        await Assertions.Expect(ada.Page.Locator("#refusal")).ToContainTextAsync("Confirm your mail address first");
        var first = await mails.NextAsync("ada@example.org", Cancel);
        Assert.Equal((true, "portal"), (first.Tls, first.User));
        await ada.Page.GotoAsync(Here(first));
        Assert.DoesNotContain("portal_mail_", ada.Page.Url, StringComparison.Ordinal);
        await Button(ada, "Confirm the address").WaitForAsync();
        await LookAsync(ada);
        // No script finds it where it is kept.
        Assert.Equal("", await ada.Page.EvaluateAsync<string>(
            "() => Object.keys(localStorage).concat(Object.keys(sessionStorage), document.cookie.match(/portal-mail/) ?? []).join()"));
        await Button(ada, "Confirm the address").ClickAsync();
        await Assertions.Expect(ada.Page.GetByText("Your address is confirmed")).ToBeVisibleAsync();
        await ada.SignInAsync("ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();

        await using var grace = await StartAsync();
        await grace.RegisterAsync("Grace Hopper", "grace@example.org");
        // The form says so too, before it is sent: this is the answer to it.
        await Assertions.Expect(grace.Page.Locator("#mail-error")).ToContainTextAsync("Accounts are made by invitation here.");
        await LookAsync(grace);
        await ada.OpenAsync("/admin/invitations");
        await LookAsync(ada);
        await Button(ada, "Invite").ClickAsync();
        await ada.Page.GetByLabel("Mail address").FillAsync("grace@example.org");
        await Button(ada, "Make the link").ClickAsync();
        await Assertions.Expect(ada.Page.GetByTestId("invitation-link")).ToContainTextAsync("A mail with this link goes to");
        await LookAsync(ada);
        await Button(ada, "Done").ClickAsync();
        await Assertions.Expect(ada.Page.Locator("main")).ToContainTextAsync("grace@example.org");
        var invited = await mails.NextAsync("grace@example.org", Cancel);
        Assert.Contains("“Ada Lovelace” invites you", invited.Message.TextBody, StringComparison.Ordinal);
        await grace.Page.GotoAsync(Here(invited));
        await Assertions.Expect(grace.Page.GetByText("You are invited. Give the mail address")).ToBeVisibleAsync();
        await LookAsync(grace);
        await grace.FillRegisterAsync("Grace Hopper", "somebody-else@example.org");
        await Assertions.Expect(grace.Page.Locator("#mail-error")).ToContainTextAsync("This invitation is for somebody else.");
        await grace.FillRegisterAsync("Grace Hopper", "grace@example.org");
        await Assertions.Expect(grace.Page.Locator("#sent")).ToBeVisibleAsync();
        await grace.Page.GotoAsync(Here(await mails.NextAsync("grace@example.org", Cancel, after: 1)));
        await Button(grace, "Confirm the address").ClickAsync();
        await Assertions.Expect(grace.Page.GetByText("Your address is confirmed")).ToBeVisibleAsync();
        await Assertions.Expect(ada.Page.GetByText("Nobody is invited")).ToBeVisibleAsync();

        await ResetAsync(grace);
        Assert.Equal(0L, await CountAsync());
        foreach (var mail in mails.Mails.Where(mail => mail.Message.TextBody!.Contains('#', StringComparison.Ordinal)))
            Assert.DoesNotContain(mail.Link.Split('#')[1], server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("example.org", server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Errors.Concat(grace.Errors),
            error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    // Ada forgot hers, and asks in another browser.
    private async Task ResetAsync(Visit other)
    {
        await other.Page.GotoAsync("/sign-in");
        await other.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        string? said = null;
        foreach (var address in (string[])["unknown@example.org", "ada@example.org"])
        {
            await other.Page.GotoAsync("/forgot-password");
            await LookAsync(other);
            await other.Page.GetByLabel("Mail address").FillAsync(address);
            await Button(other, "Send the link").ClickAsync();
            var answer = await other.Page.Locator("#sent").InnerTextAsync();
            Assert.Equal(said ??= answer, answer);
        }
        var link = Here(await mails.NextAsync("ada@example.org", Cancel, after: 2));
        Assert.DoesNotContain(mails.Mails, mail => mail.To.Contains("unknown@example.org"));
        await other.Page.GotoAsync(link);
        await Button(other, "Change password").WaitForAsync();
        await LookAsync(other);
        await ChooseAsync(other, "short");
        await Assertions.Expect(other.Page.Locator("#new-error")).ToContainTextAsync("at least 12 characters");
        await ChooseAsync(other, "another long sentence");
        await Assertions.Expect(other.Page.GetByText("Your password is changed")).ToBeVisibleAsync();
        await mails.NextAsync("ada@example.org", Cancel, after: 3);
        await other.Page.GotoAsync(link);
        await ChooseAsync(other, "yet another sentence");
        await Assertions.Expect(other.Page.Locator("#refusal")).ToContainTextAsync("This link is not good any more.");
        await other.SignInAsync("ada@example.org", "another long sentence");
        await other.Page.Locator(".avatar").WaitForAsync();
    }

    private static async Task ChooseAsync(Visit visit, string password)
    {
        Secrets.Note("a person's password", password);
        await visit.Page.GetByLabel("New password", new() { Exact = true }).FillAsync(password);
        await visit.Page.GetByLabel("New password again").FillAsync(password);
        await Button(visit, "Change password").ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        if (mails is not null) await mails.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // Mails name the configured address, whatever host was asked; the test looks for it where it is.
    private string Here(ReceivedMail mail)
    {
        Assert.StartsWith("http://portal.test/", mail.Link, StringComparison.Ordinal);
        return mail.Link.Replace("http://portal.test", server.Address, StringComparison.Ordinal);
    }

    private async Task<object?> CountAsync()
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select count(*) from accounts.outbox");
        return await command.ExecuteScalarAsync(Cancel);
    }

    private async Task<Visit> StartAsync() => await Visit.StartAsync(await fixture.BrowserAsync(), server.Address);

    private static async Task LookAsync(Visit visit)
    {
        // With its styles, which an element may be there before.
        await visit.Page.WaitForLoadStateAsync();
        Assert.Empty(await Axe.LookAsync(visit.Page));
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
