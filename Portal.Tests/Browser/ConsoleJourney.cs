using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>The API console: GraphiQL, signed in as the person, under the portal's policy and in its theme.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ConsoleJourney(BrowserFixture fixture)
{
    private const string Happened = "workflow_version_added";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task It_asks_as_the_person_and_follows_what_happens(ColorScheme scheme, int width)
    {
        var server = await fixture.SharedAsync(Cancel);
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await visit.RegisterAsync("Grace Hopper", $"grace-{scheme}@example.org");
        // What is opened before the page is live is closed again when it is drawn anew.
        await visit.LiveAsync();
        await visit.Page.Locator("summary", new() { HasText = "Grace Hopper" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "API console" }).ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/console$"));
        await Assertions.Expect(visit.Page.Locator($"body.graphiql-{scheme.ToString().ToLowerInvariant()}")).ToBeVisibleAsync();

        await AskAsync(visit, "WhoAmI");
        await Assertions.Expect(Answer(visit)).ToContainTextAsync(new Regex("Grace\\sHopper"));
        for (var number = 1; number < 20 && !await FollowsAsync(visit, "WhatHappens", number);) number++;
        await Assertions.Expect(Answer(visit)).ToContainTextAsync(Happened);

        // GraphiQL has a button to close within each tab, and numbers lines faintly. That is its own.
        Assert.Empty(await Axe.LookAsync(visit.Page, ".graphiql-container"));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.DoesNotContain(visit.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private static ILocator Answer(Visit visit) => visit.Page.Locator(".result-window");

    private static async Task AskAsync(Visit visit, string example)
    {
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = example }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Execute") }).ClickAsync();
    }

    // GraphiQL reads the operations of a tab a moment after it shows it: who is faster asks for the one of the tab before, is told
    // that there is none, and asks again. What happened before the portal had the subscription is not told either.
    private static async Task<bool> FollowsAsync(Visit visit, string example, int number)
    {
        if (!await visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Stop") }).IsVisibleAsync())
            await AskAsync(visit, example);
        await visit.Page.EvaluateAsync("""
            async number => {
              const text = `portal: 1\nname: hello\ntitle: Hello ${number}\nsteps:\n  - { id: a, command: "true" }\n`;
              const query = 'mutation($text: String!) { addWorkflow(input: { text: $text }) { workflow { id } } }';
              const body = JSON.stringify({ query, variables: { text } });
              await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
            }
            """, number);
        try
        {
            await Assertions.Expect(Answer(visit)).ToContainTextAsync(Happened, new() { Timeout = 5000 });
            return true;
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }
}
