using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>Sign up, out and in again, and what is said when it does not work.</summary>
[Collection(BrowserCollection.Name)]
public sealed class AccountJourney(BrowserFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_is_made_left_and_entered_again()
    {
        await using var visit = await StartAsync();
        await visit.RegisterAsync("Grace Hopper", "grace@example.org");
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Grace Hopper" })).ToBeVisibleAsync();
        await visit.OpenAsync("/dev/parts");

        await visit.Page.Locator("summary", new() { HasText = "Grace Hopper" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in$"));

        await visit.Page.GotoAsync("/account");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/sign-in\\?then="));
        await visit.Page.GetByLabel("Mail address").FillAsync("grace@example.org");
        await visit.Page.GetByLabel("Password").FillAsync(Visit.Password);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/account$"));
        await Assertions.Expect(visit.Page.Locator("main").GetByText("grace@example.org")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        await using var owner = await StartAsync();
        await owner.RegisterAsync("Alan Turing", "alan@example.org");
        await using var visit = await StartAsync();

        await visit.SignInAsync("alan@example.org", "not the right one");
        var wrong = await visit.Page.Locator("#refusal").InnerTextAsync();
        await visit.SignInAsync("nobody@example.org", "not the right one");
        var unknown = await visit.Page.Locator("#refusal").InnerTextAsync();

        Assert.Equal(wrong, unknown);
        Assert.Contains("is not right", wrong);
    }

    [Theory]
    [InlineData("short", "at least 12 characters")]
    [InlineData("Edsger Dijkstra 1", "may not be your name")]
    [InlineData("aaaaaaaaaaaaaaaa", "different characters")]
    public async Task A_weak_password_is_refused_at_its_field(string password, string said)
    {
        await using var visit = await StartAsync();
        await visit.RegisterAsync("Edsger Dijkstra", "edsger@example.org", password);
        await Assertions.Expect(visit.Page.Locator("#password-error")).ToContainTextAsync(said);
    }

    [Fact]
    public async Task Only_the_first_account_administers_even_when_many_come_at_once()
    {
        await using var server = await fixture.StartAsync(null, Cancel);
        var browser = await fixture.BrowserAsync();
        var visits = await Task.WhenAll(Enumerable.Range(1, 4).Select(_ => Visit.StartAsync(browser, server.Address)));
        await Task.WhenAll(visits.Select((visit, at) => visit.RegisterAsync($"Person {at}", $"person{at}@example.org")));
        var administrators = 0;
        foreach (var visit in visits)
        {
            await visit.Page.WaitForURLAsync(new Regex("/(runs)?$"));
            await visit.Page.GotoAsync("/account");
            administrators += await visit.Page.GetByText("Administrator of this portal").CountAsync();
            await visit.DisposeAsync();
        }
        Assert.Equal(1, administrators);
    }

    [Fact]
    public async Task A_changed_password_is_the_one_that_counts()
    {
        await using var visit = await StartAsync();
        await visit.RegisterAsync("Barbara Liskov", "barbara@example.org");
        await visit.Page.GotoAsync("/account");
        await visit.Page.GetByLabel("Present password").FillAsync(Visit.Password);
        await visit.Page.GetByLabel("New password", new() { Exact = true }).FillAsync("another long sentence");
        await visit.Page.GetByLabel("New password again").FillAsync("another long sentence");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("The password is changed")).ToBeVisibleAsync();

        await using var other = await StartAsync();
        await other.SignInAsync("barbara@example.org");
        await Assertions.Expect(other.Page.Locator("#refusal")).ToBeVisibleAsync();
        await other.SignInAsync("barbara@example.org", "another long sentence");
        await Assertions.Expect(other.Page.Locator("summary", new() { HasText = "Barbara Liskov" })).ToBeVisibleAsync();
    }

    private async Task<Visit> StartAsync() =>
        await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
}
