using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>The API console: GraphiQL, signed in as the person, under the portal's policy and in its theme.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ConsoleJourney(BrowserFixture fixture)
{
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
        await FollowAsync(visit, "WhatHappens");
        await HappenAsync(visit);
        await Assertions.Expect(Answer(visit)).ToContainTextAsync("workflow_version_added");

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

    // GraphiQL reads the operations of a tab a moment after it shows it: who is faster asks for the one of the tab before, and is
    // told that there is none.
    private static async Task FollowAsync(Visit visit, string example)
    {
        var stop = visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Stop") });
        await AskAsync(visit, example);
        while (!await ShownAsync(stop))
        {
            await Assertions.Expect(Answer(visit)).ToContainTextAsync("OPERATION_NOT_FOUND");
            await AskAsync(visit, example);
        }
    }

    private static async Task<bool> ShownAsync(ILocator stop)
    {
        try
        {
            await Assertions.Expect(stop).ToBeVisibleAsync(new() { Timeout = 5000 });
            return true;
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }

    // Until the answer shows it: what happened before the portal had the subscription is not told. Each has a second to be shown:
    // who does not wait keeps the page busy with showing what comes.
    private static Task HappenAsync(Visit visit) => visit.Page.EvaluateAsync("""
        async () => {
          const answer = document.querySelector('.result-window');
          for (let number = 1; !answer.textContent.includes('workflow_version_added'); number++) {
            const text = `portal: 1\nname: hello\ntitle: Hello ${number}\nsteps:\n  - { id: a, command: "true" }\n`;
            const query = 'mutation($text: String!) { addWorkflow(input: { text: $text }) { workflow { id } } }';
            const body = JSON.stringify({ query, variables: { text } });
            await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
            for (const until = performance.now() + 1000; performance.now() < until
                && !answer.textContent.includes('workflow_version_added');) await new Promise(requestAnimationFrame);
          }
        }
        """);
}
