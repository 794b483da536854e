using Microsoft.Playwright;
using Npgsql;
using Portal.Tests.Cli;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Browser;

/// <summary>A command line without a browser asks, a person says yes to less, and it goes on with that.</summary>
[Collection(BrowserCollection.Name)]
public sealed class DeviceJourney(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_line_without_a_browser_gets_what_a_person_allows()
    {
        await using var visit = await StartAsync();
        using var shell = new CommandLine();
        using var login = shell.Start([], "login", "--url", visit.Address, "--device", "--reason", "nightly sweep");
        var address = "";
        while (await login.StandardError.ReadLineAsync(Cancel) is { } line)
            if (line.StartsWith("Open ", StringComparison.Ordinal)) address = line["Open ".Length..];
            else if (line.StartsWith("Waiting", StringComparison.Ordinal)) break;

        await visit.OpenAsync(new Uri(address).PathAndQuery);
        var asked = visit.Page.GetByTestId("request");
        await Assertions.Expect(asked).ToContainTextAsync("nightly sweep");
        await Assertions.Expect(asked).ToContainTextAsync("127.0.0.1");
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await visit.Page.GetByLabel("It may").SelectOptionAsync("follow");
        await visit.Page.GetByLabel("Valid for").SelectOptionAsync("7");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByTestId("answered")).ToContainTextAsync("may go on");
        await login.WaitForExitAsync(Cancel);
        Assert.Equal(0, login.ExitCode);

        var listed = await shell.RunAsync("", null, "run", "list", "--output", "json");
        Assert.Equal((0, "[]"), (listed.ExitCode, listed.Output.Trim()));
        var refused = await shell.RunAsync("", null, "project", "create", "Another");
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("keep_project", refused.Error, StringComparison.Ordinal);
        await visit.OpenAsync("/account/tokens");
        await Assertions.Expect(visit.Page.Locator("tbody")).ToContainTextAsync("Follow runs");
        await Assertions.Expect(visit.Page.Locator("tbody")).ToContainTextAsync("127.0.0.1");
    }

    [Fact]
    public async Task A_wrong_code_is_told_and_a_refused_program_ends()
    {
        await using var visit = await StartAsync();
        await visit.OpenAsync("/device");
        await visit.Page.GetByLabel("Code").FillAsync("bcdf-ghjk");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#device-code-error")).ToContainTextAsync("No program waits");
        using var shell = new CommandLine();
        using var login = shell.Start([], "login", "--url", visit.Address, "--device");
        var code = "";
        while (await login.StandardError.ReadLineAsync(Cancel) is { } line)
            if (line.StartsWith("Waiting", StringComparison.Ordinal)) break;
            else if (line.Split("the code ") is [_, var rest]) code = rest[..9];
        await visit.Page.GetByLabel("Code").FillAsync(code);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Refuse", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByTestId("answered")).ToContainTextAsync("was refused");
        var said = await login.StandardError.ReadToEndAsync(Cancel);
        await login.WaitForExitAsync(Cancel);
        Assert.Equal(3, login.ExitCode);
        Assert.Contains("said no", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_signed_in_long_ago_proves_who_they_are_and_comes_back_to_what_they_were_about_to_do()
    {
        var mail = $"grace-{Guid.NewGuid():n}@example.org";
        await using var visit = await StartAsync(mail);
        await LongAgoAsync(mail);
        await visit.OpenAsync("/account/tokens");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make it" })).ToHaveCountAsync(0);
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await ProveAsync(visit, "/account/tokens");
        await visit.Page.GetByLabel("Name").FillAsync("nightly");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Make it" }).ClickAsync();
        Secrets.Note("an access token", await visit.Page.Locator(".secret-value code").InnerTextAsync(), SecretKind.Shown);

        await LongAgoAsync(mail);
        using var shell = new CommandLine();
        using var login = shell.Start([], "login", "--url", visit.Address, "--device");
        var address = "";
        while (await login.StandardError.ReadLineAsync(Cancel) is { } line)
            if (line.StartsWith("Open ", StringComparison.Ordinal)) address = line["Open ".Length..];
            else if (line.StartsWith("Waiting", StringComparison.Ordinal)) break;
        await visit.OpenAsync(new Uri(address).PathAndQuery);
        var allow = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Allow", Exact = true });
        await Assertions.Expect(visit.Page.GetByTestId("request")).ToContainTextAsync("takes a proof");
        await Assertions.Expect(allow).ToHaveCountAsync(0);
        await ProveAsync(visit, "/device");
        await allow.ClickAsync();
        await Assertions.Expect(visit.Page.GetByTestId("answered")).ToContainTextAsync("may go on");
        await login.WaitForExitAsync(Cancel);
        Assert.Equal(0, login.ExitCode);
    }

    private static async Task ProveAsync(Visit visit, string back)
    {
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Prove who you are" }).ClickAsync();
        await visit.Page.GetByLabel("Your password, or a code").FillAsync(Visit.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await visit.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == back);
        await visit.LiveAsync();
    }

    // As if they had signed in before lunch.
    private async Task LongAgoAsync(string mail)
    {
        await using var source = NpgsqlDataSource.Create((await fixture.SharedAsync(Cancel)).Places.Database);
        await using var command = source.CreateCommand("update accounts.sessions s set proved_at = now() - interval '11 minutes' "
            + "from accounts.users u where u.id = s.user_id and u.email = $1");
        command.Parameters.Add(new() { Value = mail });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
    }

    private async Task<Visit> StartAsync(string? mail = null)
    {
        var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Grace Hopper", mail ?? $"grace-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Grace Hopper" })).ToBeVisibleAsync();
        return visit;
    }
}
