using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>What is looked at as it was goes on meanwhile: at the last event one stays at the last, at an earlier one there.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class ReplayFollowsJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private const int Known = ReplayPast.FailedEvents;

    private readonly string folder = Directory.CreateTempSubdirectory("portal-replay-").FullName;
    private string database = "";
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        server = await PortalServer.StartAsync(database, folder, new Dictionary<string, string> { ["Portal__Roles"] = "web" },
            Cancel);
    }

    [Fact]
    public async Task New_events_are_new_marks_and_one_stays_where_one_stood()
    {
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, ColorScheme.Light, 1440);
        await visit.RegisterAsync("Ada Lovelace", $"follows-{Guid.NewGuid():n}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        await visit.OpenAsync("/projects");
        var project = Id<Project>.Parse((await visit.Page.Locator("main a[href^='/projects/']").First.GetAttributeAsync("href"))![^32..]);
        var past = await ReplayPast.WriteAsync(database, project, Cancel);
        var page = visit.Page;
        var (frame, slider) = (page.Locator(".replay"), page.GetByRole(AriaRole.Slider, new() { Name = "Moment" }));

        await visit.OpenAsync($"/runs/{past.Failed}/replay");
        await StandsAsync(Known, Known);
        await RunAsync(new PhaseEntered(past.Failed, Phase.Queued), new PhaseEntered(past.Failed, Phase.Running));
        await StandsAsync(Known + 2, Known + 2);
        await Assertions.Expect(frame.Locator("line")).ToHaveCountAsync(Known + 2);
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "This event" })).ToContainTextAsync("phase_entered");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/replay$"));

        await slider.FillAsync("5");
        await StandsAsync(5, Known + 2);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("version=5$"));
        await RunAsync(new PhaseEntered(past.Failed, Phase.Collecting));
        await StandsAsync(5, Known + 3);
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare from here" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("since=5$"));

        // At the last again, by hand: the address named that moment, and names none when one goes on.
        await page.GetByRole(AriaRole.Button, new() { Name = "Last", Exact = true }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"version={Known + 3}&since=5$"));
        await RunAsync(new PhaseEntered(past.Failed, Phase.Uploading));
        await StandsAsync(Known + 4, Known + 4);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/replay[?]since=5$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "What differs" })).ToContainTextAsync("Uploading");
        await page.ReloadAsync();
        await visit.LiveAsync();
        await StandsAsync(Known + 4, Known + 4);

        await visit.OpenAsync($"/machines/{past.Machine}/replay");
        await StandsAsync(2, 2);
        await ReplayPast.GoOnAsync<Machine>(database, past.Machine.Value, [new MachineRetired(past.Machine)], Cancel);
        await StandsAsync(3, 3);

        await visit.OpenAsync($"/credentials/{past.Credential}");
        var history = page.GetByRole(AriaRole.List, new() { Name = "What happened" }).Locator("li");
        await Assertions.Expect(history.First).ToContainTextAsync("Used to");
        var before = await history.CountAsync();
        await RunAsync(new CredentialUsed(past.Failed, past.Credential, new(past.Failed.Value), KeyUse.Collect, null));
        await Assertions.Expect(history.First).ToContainTextAsync("Used to look for outputs, for Tides");
        await ReplayPast.GoOnAsync<Credential>(database, past.Credential.Value, [new CredentialRevoked(past.Credential)], Cancel);
        await Assertions.Expect(history.First).ToContainTextAsync("Revoked");
        await Assertions.Expect(history).ToHaveCountAsync(before + 2);
        await Assertions.Expect(page.Locator("header, main").GetByText("Revoked").First).ToBeVisibleAsync();

        Task RunAsync(params object[] facts) => ReplayPast.GoOnAsync<Run>(database, past.Failed.Value, facts, Cancel);

        async Task StandsAsync(int at, int of)
        {
            await Assertions.Expect(slider).ToHaveAttributeAsync("max", $"{of}");
            await Assertions.Expect(frame).ToHaveAttributeAsync("data-version", $"{at}");
            await Assertions.Expect(slider).ToHaveValueAsync($"{at}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
