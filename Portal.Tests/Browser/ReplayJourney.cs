using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Tests.Browser;

/// <summary>An auditor steps through a run that failed, holds it against one that did not, and sees what its key was used for
/// and how its machine and project stood.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class ReplayJourney(BrowserFixture fixture) : IAsyncLifetime
{
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await fixture.IdleAsync(Cancel);

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_run_is_stepped_through_compared_and_its_key_followed(ColorScheme scheme, int width)
    {
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await visit.RegisterAsync("Ada Lovelace", $"replay-{Guid.NewGuid():n}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        await visit.OpenAsync("/projects");
        var project = Id<Project>.Parse((await visit.Page.Locator("main a[href^='/projects/']").First.GetAttributeAsync("href"))![^32..]);
        var past = await ReplayPast.WriteAsync(server.Places.Database, project, Cancel);

        await visit.OpenAsync($"/runs/{past.Failed}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Replay" }).ClickAsync();
        var frame = visit.Page.Locator(".replay");
        var slider = visit.Page.GetByRole(AriaRole.Slider, new() { Name = "Moment" });
        var changed = visit.Page.GetByRole(AriaRole.Region, new() { Name = "What it changed" });
        var stood = visit.Page.GetByRole(AriaRole.Region, new() { Name = "As it was" });
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", $"{ReplayPast.FailedEvents}");
        await Assertions.Expect(stood).ToContainTextAsync("The job ran out of memory.");
        await LookAsync(visit);

        await slider.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", "1");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex(@"version=1$"));
        await Assertions.Expect(stood).Not.ToContainTextAsync("memory");
        await Assertions.Expect(Button(visit, "Step back")).ToBeDisabledAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Button(visit, "Step forward").ClickAsync();
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", "3");
        await Assertions.Expect(changed).ToContainTextAsync("Fetching inputs");
        await visit.Page.ReloadAsync();
        await visit.LiveAsync();
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", "3");
        await visit.Page.GetByRole(AriaRole.List, new() { Name = "Events around it" }).GetByRole(AriaRole.Link,
            new() { NameRegex = new("^6") })
            .ClickAsync();
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", "6");
        await LookAsync(visit);
        await Button(visit, "Compare from here").ClickAsync();
        await slider.FillAsync($"{ReplayPast.FailedEvents - 2}");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "What differs" }))
            .ToContainTextAsync("Queued");
        await LookAsync(visit);
        await Button(visit, "Compare from here").ClickAsync();
        await Button(visit, "Play").ClickAsync();
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", $"{ReplayPast.FailedEvents}");
        await Assertions.Expect(Button(visit, "Play")).ToBeDisabledAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex($"version={ReplayPast.FailedEvents}$"));

        // To a moment that somebody typed: a time that an event is told with, and a position.
        await slider.FillAsync("4");
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", "4");
        var (time, position) = (visit.Page.GetByLabel("Go to (UTC)"), visit.Page.GetByLabel("or position"));
        var fourth = await position.InputValueAsync();
        await slider.FillAsync($"{ReplayPast.FailedEvents}");
        await Assertions.Expect(position).Not.ToHaveValueAsync(fourth);
        await position.FillAsync(fourth);
        await position.PressAsync("Enter");
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", "4");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex($"position={fourth}$"));
        await time.FillAsync("1999-12-31T23:59:59");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("BEFORE_BEGINNING");
        await time.FillAsync(DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("time="));
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", $"{ReplayPast.FailedEvents}");
        await LookAsync(visit);

        await visit.OpenAsync($"/runs/{past.Failed}/replay?version=999");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("VERSION_UNKNOWN");
        await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", $"{ReplayPast.FailedEvents}");

        await visit.OpenAsync($"/runs?tick={past.Failed}");
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare Tides again" }).CheckAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Compare the two" }).ClickAsync();
        var rows = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Differences" });
        await Assertions.Expect(rows).ToContainTextAsync("Failed");
        await Assertions.Expect(rows).ToContainTextAsync("grid");
        await Assertions.Expect(rows.Locator("tr.same")).ToHaveCountAsync(0);
        await LookAsync(visit);
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Also what is the same" }).CheckAsync();
        await Assertions.Expect(rows.Locator("tr.same").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("all=true$"));

        await visit.OpenAsync($"/machines/{past.Machine}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Its events" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".chip")).ToContainTextAsync("machine");
        await visit.OpenAsync($"/machines/{past.Machine}");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Everything that happened to it" }).ClickAsync();
        var history = visit.Page.GetByRole(AriaRole.List, new() { Name = "What happened" });
        await Assertions.Expect(history).ToContainTextAsync("Used to submit step a, for Tides");
        await Assertions.Expect(history).ToContainTextAsync("Made; its token was shown, this once");
        await Assertions.Expect(history).ToContainTextAsync("Host keys of the machine confirmed");
        await LookAsync(visit);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Its events" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".chip")).ToContainTextAsync("key Ada Lovelace on");
        await visit.OpenAsync($"/credentials/{past.Credential}/replay?version=1");
        await Assertions.Expect(stood).ToContainTextAsync("Ada Lovelace");
        await visit.OpenAsync($"/machines/{past.Machine}/replay?version=2");
        await Assertions.Expect(changed).ToContainTextAsync("SHA256:one");
        await LookAsync(visit);
        await visit.OpenAsync($"/projects/{project}/replay?version=1");
        await Assertions.Expect(changed).ToContainTextAsync("Ada Lovelace");
        await LookAsync(visit);
        Assert.DoesNotContain(visit.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), visit.Page.Url);
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
