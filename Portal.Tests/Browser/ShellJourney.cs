using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>The frame of the pages: theme, reconnection, accessibility, content security policy.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ShellJourney(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_chosen_theme_is_in_the_first_byte_of_the_next_page()
    {
        await using var visit = await StartAsync();
        await visit.Page.GotoAsync("/sign-in");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Dark theme" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        var answer = await visit.Page.GotoAsync("/register");
        Assert.Contains("data-theme=\"dark\"", await answer!.TextAsync());

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Theme as the system has it" }).ClickAsync();
        answer = await visit.Page.GotoAsync("/register");
        Assert.DoesNotContain("data-theme=\"", await answer!.TextAsync());
    }

    [Fact]
    public async Task A_page_comes_back_after_the_server_was_killed_and_its_person_is_still_signed_in()
    {
        await using var server = await fixture.StartAsync(null, Cancel);
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address);
        await visit.RegisterAsync("Ada Lovelace", "ada@example.org");
        await visit.Page.Locator("summary", new() { HasText = "Ada Lovelace" }).WaitForAsync();
        await visit.OpenAsync("/dev/parts");

        await server.KillAsync();
        await Assertions.Expect(visit.Page.GetByText("Connecting again")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(visit.Page.Locator("body[data-live]")).ToHaveCountAsync(0);
        await server.StartAsync(Cancel);

        await visit.Page.Locator("body[data-live=true]").WaitForAsync(new() { Timeout = 60_000 });
        await visit.Page.Locator("#cancel").ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Ada Lovelace" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Nothing_shuts_people_out_nothing_breaks_the_policy_nothing_overflows(ColorScheme scheme, int width)
    {
        await using var visit = await StartAsync(scheme, width);
        foreach (var path in new[] { "/sign-in", "/register" })
        {
            await visit.Page.GotoAsync(path);
            Assert.Empty(await Axe.LookAsync(visit.Page));
        }
        await visit.RegisterAsync("Mary Shaw", $"mary-{scheme}-{width}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        await visit.Page.GotoAsync("/account");
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await visit.OpenAsync("/dev/parts");
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.DoesNotContain(visit.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_keeps_what_is_asked_of_it_in_the_address()
    {
        await using var visit = await StartAsync();
        await visit.OpenAsync("/dev/parts");
        var list = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Runs", Exact = true });
        await list.GetByLabel("Phase").SelectOptionAsync("Succeeded");
        // A link leads from the list as it was drawn last.
        var name = list.GetByRole(AriaRole.Link, new() { Name = "Name" });
        var next = list.GetByRole(AriaRole.Link, new() { Name = "Next" });
        await Assertions.Expect(name).ToHaveAttributeAsync("href", new Regex("phase=Succeeded"));
        await name.ClickAsync();
        await Assertions.Expect(next).ToHaveAttributeAsync("href", new Regex("sort=name"));
        await next.ClickAsync();
        await visit.Page.WaitForURLAsync("**/dev/parts?phase=Succeeded&sort=name&page=2");

        await visit.Page.ReloadAsync();
        await visit.LiveAsync();
        await Assertions.Expect(list.GetByLabel("Phase")).ToHaveValueAsync("Succeeded");
        await Assertions.Expect(list.Locator("tbody .badge").First).ToHaveTextAsync("Succeeded");
        await Assertions.Expect(list.Locator("th[aria-sort=ascending]")).ToHaveTextAsync("Name");
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_a_page_to_itself()
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync((await fixture.SharedAsync(Cancel)).Address + "/sign-in", Cancel);
        Assert.Contains("script-src 'self';", answer.Headers.GetValues("Content-Security-Policy").First());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("same-origin", answer.Headers.GetValues("Referrer-Policy").Single());
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        });
        // What the build made may be kept by browsers; pages may not.
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var made = await client.GetAsync((await fixture.SharedAsync(Cancel)).Address + "/css/base.css", Cancel);
        Assert.Equal("nosniff", made.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.NotEqual(true, made.Headers.CacheControl?.NoStore);
    }

    [Theory]
    [InlineData("/no-such-page", "There is nothing here")]
    [InlineData("/api/v1/no-such-thing", "\"code\":\"NOT_FOUND\"")]
    public async Task A_person_gets_a_page_and_a_program_a_problem(string path, string said)
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync((await fixture.SharedAsync(Cancel)).Address + path, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Contains(said, body, StringComparison.Ordinal);
    }

    private async Task<Visit> StartAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440) =>
        await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address, scheme, width);
}
