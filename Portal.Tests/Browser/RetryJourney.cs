using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>A run that failed, as its submitter takes it up again in the browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RetryJourney(BrowserFixture fixture, SiteFixture sites)
{
    private static readonly LocatorAssertionsToHaveTextOptions Patient = new() { Timeout = 120_000 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_plan_is_read_the_token_given_and_the_run_goes_on()
    {
        var site = await sites.SiteAsync(Cancel);
        var flag = await site.FolderAsync("retry", Cancel) + "/flag";
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Mary Shaw", $"retry-{Guid.NewGuid():n}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        var steps = new MachinesSteps(visit, site);
        var token = await steps.SetUpAsync("aurora", Cancel);

        await visit.OpenAsync("/runs/new");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("form=[0-9a-f]{32}"));
        await visit.Page.GetByLabel("Description of the workflow, YAML").FillAsync($$"""
            portal: 1
            name: flagged
            title: Flagged
            steps:
              - { id: before, title: Before, command: "echo well", resources: { time: 2m } }
              - { id: after, title: After, command: "cat {{flag}} || (echo no flag; false)", resources: { time: 2m } }
            """);
        await visit.Page.GetByLabel("Security token").FillAsync(token);
        await Assertions.Expect(visit.Page.GetByTestId("plan")).ToContainTextAsync("After");
        await steps.Button("Submit run").ClickAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("/runs/[0-9a-f]{32}"), new() { Timeout = 30_000 });
        var state = visit.Page.Locator(".page-title .badge");
        await Assertions.Expect(state).ToHaveTextAsync("Failed", Patient);
        await site.RunAsync($"echo there > {flag}", cancel: Cancel);

        await visit.Page.Locator(".page-actions").GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        var plan = dialog.GetByTestId("retry-plan");
        await Assertions.Expect(plan.Locator("[data-part=before]")).ToContainTextAsync("Kept");
        await Assertions.Expect(plan.Locator("[data-part=after]")).ToContainTextAsync("Runs again, as attempt 2.");
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await dialog.GetByLabel("Security token").FillAsync("not a token");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Retry run" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#retry-token-error")).ToBeVisibleAsync();
        await Assertions.Expect(state).ToHaveTextAsync("Failed");
        await dialog.GetByLabel("Security token").FillAsync(token);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Retry run" }).ClickAsync();
        await Assertions.Expect(state).ToHaveTextAsync("Succeeded", Patient);
        await Assertions.Expect(visit.Page.GetByTestId("step-after")).ToContainTextAsync("attempt 2");
        await Assertions.Expect(visit.Page.Locator(".page-actions").GetByRole(AriaRole.Button, new() { Name = "Retry" })).ToHaveCountAsync(0);
        await visit.OpenAsync(new Uri(visit.Page.Url).AbsolutePath + "?tab=logs&step=after");
        await Assertions.Expect(visit.Page.GetByText("there", new() { Exact = true })).ToBeVisibleAsync();
        await visit.Page.GetByLabel("Attempt", new() { Exact = true }).SelectOptionAsync("1");
        await Assertions.Expect(visit.Page.GetByText("no flag", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("attempt=1$"));
        Assert.DoesNotContain(visit.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }
}
