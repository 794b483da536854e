using Microsoft.Playwright;
using Portal.Tests.Cli;

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

    private async Task<Visit> StartAsync()
    {
        var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Grace Hopper", $"grace-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Grace Hopper" })).ToBeVisibleAsync();
        return visit;
    }
}
