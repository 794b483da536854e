using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Browser;

/// <summary>Workflows, endpoints and access tokens in the browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WorkflowsJourney(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_description_is_mended_saved_changed_and_compared()
    {
        await using var visit = await StartAsync();
        await visit.OpenAsync("/workflows");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Start from the example" }).ClickAsync();
        var verdict = visit.Page.GetByTestId("verdict");
        await Assertions.Expect(verdict).ToContainTextAsync("It reads well");
        var editor = visit.Page.GetByLabel("Description of the workflow");
        var text = await editor.InputValueAsync();

        var line = text.Split('\n').ToList().FindIndex(one => one.Contains("id: sum", StringComparison.Ordinal)) + 1;
        await editor.FillAsync(text.Replace("id: sum", "id: Sum up", StringComparison.Ordinal));
        await Assertions.Expect(verdict).ToContainTextAsync($"line {line}, column 9");
        await Assertions.Expect(visit.Page.Locator(".code-lines .wrong")).ToHaveTextAsync($"{line}");
        await Button(visit, "Save").ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/workflows/new"));

        await editor.FillAsync(text);
        await Button(visit, "Save").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Version 1 of 1")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "New version" }).ClickAsync();
        await editor.FillAsync(text.Replace("time: 2m", "time: 7m", StringComparison.Ordinal));
        await Button(visit, "Save as version 2").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("Version 2 of 2")).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Compare version 2 with").SelectOptionAsync("1");
        var difference = visit.Page.GetByTestId("difference");
        await Assertions.Expect(difference.Locator(".gone")).ToContainTextAsync("time: 2m");
        await Assertions.Expect(difference.Locator(".added")).ToContainTextAsync("time: 7m");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("compare=1"));
        Assert.Empty(await Axe.LookAsync(visit.Page));
    }

    [Fact]
    public async Task A_file_is_read_one_that_is_too_large_is_not_and_what_is_no_yaml_has_a_place()
    {
        await using var visit = await StartAsync();
        await visit.OpenAsync("/workflows/new");
        var file = visit.Page.Locator("input[type=file]");
        await file.SetInputFilesAsync(Yaml("big.yaml", new byte[(1 << 20) + 1]));
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("FILE_TOO_LARGE");
        await file.SetInputFilesAsync(Yaml("notes.txt", "portal: 1\n"u8.ToArray()));
        await Assertions.Expect(visit.Page.Locator("main")).ToContainTextAsync("FILE_OF_ANOTHER_KIND");
        await file.SetInputFilesAsync(Yaml("bad.yaml", "portal: 1\nname: [\n"u8.ToArray()));
        await Assertions.Expect(visit.Page.GetByTestId("verdict")).ToContainTextAsync(new Regex("line \\d+, column \\d+"));
    }

    [Fact]
    public async Task An_endpoint_is_added_changed_without_its_password_and_removed()
    {
        await using var visit = await StartAsync();
        await visit.OpenAsync("/data");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Add an endpoint" }).First.ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("demo-data");
        await dialog.GetByLabel("Address").FillAsync("ftp://ada:secret@data.example.org");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#endpoint-url-error")).ToContainTextAsync("no user and no password");
        await dialog.GetByLabel("Address").FillAsync("ftp://data.example.org/study");
        await dialog.GetByLabel("User").FillAsync("ada");
        await dialog.GetByLabel("Password").FillAsync(Secrets.Note("a data server's password", "open sesame"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("tbody")).ToContainTextAsync("endpoint://demo-data/");
        Assert.Empty(await Axe.LookAsync(visit.Page));

        await Button(visit, "Edit demo-data").ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Password")).ToHaveValueAsync("");
        await dialog.GetByLabel("Address").FillAsync("ftp://data.example.org/other");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("tbody")).ToContainTextAsync("ftp://data.example.org/other");
        Assert.DoesNotContain("open sesame", await visit.Page.ContentAsync());

        await Button(visit, "Remove demo-data").ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("No endpoints yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_access_token_is_shown_once_listed_and_revoked()
    {
        await using var visit = await StartAsync();
        var text = await MakeTokenAsync(visit, "nightly");
        Assert.StartsWith("portal_pat_", text);
        await Assertions.Expect(visit.Page.GetByTestId("issued")).ToContainTextAsync($"Authorization: Bearer {text}");
        await Assertions.Expect(Button(visit, "Done")).ToBeDisabledAsync();
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await visit.Page.GetByLabel("I have stored it").CheckAsync();
        await Button(visit, "Done").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("tbody")).ToContainTextAsync("nightly");
        await visit.OpenAsync("/account/tokens");
        Assert.DoesNotContain(text, await visit.Page.ContentAsync());

        await Button(visit, "Revoke nightly").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true })
            .ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("No access tokens")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task All_access_tokens_of_a_program_are_revoked_together()
    {
        await using var visit = await StartAsync();
        foreach (var client in new[] { "nightly", "nightly", "dashboard" }) await MakeTokenAsync(visit, client);
        await visit.OpenAsync("/account/tokens");
        var rows = visit.Page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(Button(visit, "Revoke all of dashboard")).ToHaveCountAsync(0);
        await Button(visit, "Revoke all of nightly").ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("Revoke all 2 tokens of nightly?");
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke all 2", Exact = true }).ClickAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await Assertions.Expect(rows).ToContainTextAsync("dashboard");
    }

    private static async Task<string> MakeTokenAsync(Visit visit, string client)
    {
        await visit.OpenAsync("/account/tokens");
        await visit.Page.GetByLabel("Name").FillAsync(client);
        await visit.Page.GetByLabel("Valid for").SelectOptionAsync("7");
        await Button(visit, "Make it").ClickAsync();
        return Secrets.Note("an access token", await visit.Page.Locator(".secret-value code").InnerTextAsync(), SecretKind.Shown);
    }

    private static FilePayload Yaml(string name, byte[] content) =>
        new() { Name = name, MimeType = "text/yaml", Buffer = content };

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task<Visit> StartAsync()
    {
        var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Grace Hopper", $"grace-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Grace Hopper" })).ToBeVisibleAsync();
        return visit;
    }
}
