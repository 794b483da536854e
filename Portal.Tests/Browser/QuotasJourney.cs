using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Browser;

/// <summary>An administrator sets quotas, members see what is used of them, and who lent a key sees where and takes it
/// back.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class QuotasJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-quotas-").FullName;
    private string database = "";
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        // No work: the run that is looked at was never sent anywhere.
        server = await PortalServer.StartAsync(database, folder, new Dictionary<string, string> { ["Portal__Roles"] = "web" },
            Cancel);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Quotas_are_set_and_seen_and_a_lease_is_revoked(ColorScheme scheme, int width)
    {
        await using var ada = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await ada.OpenAsync("/projects");
        var project = (await ada.Page.Locator("main a[href^='/projects/']").First.GetAttributeAsync("href"))!;
        var run = await SubmittedAsync(Id<Project>.Parse(project[^32..]));

        await ada.OpenAsync(project);
        var runs = ada.Page.GetByTestId("quota-runs");
        await Assertions.Expect(runs).ToContainTextAsync("1 · no limit");
        await Button(ada, "Change quotas").ClickAsync();
        await ada.Page.GetByLabel("Runs at a time").FillAsync("few");
        await Button(ada, "Save").ClickAsync();
        await Assertions.Expect(ada.Page.GetByText("A quota is 0 or more.")).ToBeVisibleAsync();
        await ada.Page.GetByLabel("Runs at a time").FillAsync("2");
        await ada.Page.GetByLabel("GiB moved a month").FillAsync("1.5");
        await LookAsync(ada);
        await Button(ada, "Save").ClickAsync();
        await Assertions.Expect(runs).ToContainTextAsync("1 of 2");
        await Assertions.Expect(runs.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "50");
        await Assertions.Expect(ada.Page.GetByTestId("quota-bytes")).ToContainTextAsync("0 B of 1.50 GiB");
        await LookAsync(ada);

        await ada.OpenAsync("/runs/new");
        await Assertions.Expect(runs).ToContainTextAsync("1 of 2");
        await Assertions.Expect(ada.Page.GetByTestId("quota-core-hours")).ToHaveCountAsync(0);
        await LookAsync(ada);
        await ada.OpenAsync("/admin/quotas");
        await Assertions.Expect(ada.Page.Locator("tbody tr").First).ToContainTextAsync("1 of 2");
        await LookAsync(ada);

        await ada.OpenAsync($"/runs/{run}?tab=about");
        var lease = ada.Page.GetByTestId("lease");
        await Assertions.Expect(lease).ToContainTextAsync("Ada Lovelace");
        await Assertions.Expect(lease).ToContainTextAsync("not yet");
        await LookAsync(ada);
        await ada.OpenAsync("/account/leases");
        await Assertions.Expect(ada.Page.Locator($"[data-lease='{run}']")).ToContainTextAsync("Two steps");
        await LookAsync(ada);
        await Button(ada, "Revoke the lease of Two steps").ClickAsync();
        await Button(ada, "Revoke").ClickAsync();
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "No leases" })).ToBeVisibleAsync();
        await ada.OpenAsync($"/runs/{run}?tab=about");
        await Assertions.Expect(lease).ToContainTextAsync("over: it was revoked");
        Assert.DoesNotContain(ada.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));

        await using var grace = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await grace.RegisterAsync("Grace Hopper", "grace@example.org");
        await grace.Page.Locator(".avatar").WaitForAsync();
        Assert.Equal(404, (await grace.Page.GotoAsync("/admin/quotas"))!.Status);
        await grace.OpenAsync("/projects");
        await grace.Page.Locator("main a[href^='/projects/']").First.ClickAsync();
        await grace.Page.WaitForURLAsync(new Regex("/projects/[0-9a-f]{32}$"));
        await Assertions.Expect(grace.Page.GetByTestId("quota-runs")).ToContainTextAsync("0 · no limit");
        await Assertions.Expect(Button(grace, "Change quotas")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_machine_is_shared_with_another_project_seen_there_and_taken_back()
    {
        await using var ada = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, ColorScheme.Dark);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await ada.OpenAsync("/projects");
        var own = Id<Project>.Parse((await ada.Page.Locator("main a[href^='/projects/']")
            .First.GetAttributeAsync("href"))![^32..]);
        var (tides, machine, me) = (new Id<Project>(Guid.CreateVersion7()), new Id<Machine>(Guid.CreateVersion7()),
            new Id<User>(own.Value));
        await WriteAsync(Ledger.StreamOf<Project>(tides.Value), new ProjectCreated(tides, "Tides", me, false));
        await WriteAsync(Ledger.StreamOf<Machine>(machine.Value), new MachineRegistered(machine, own, me,
            new("aurora", "login.example.org", 22, "ada", "/work", null, null, "slurm", [], [])));

        await ada.OpenAsync($"/machines/{machine}");
        var sharing = ada.Page.GetByTestId("sharing");
        await ada.Page.GetByLabel("Share with").SelectOptionAsync("Tides");
        await Button(ada, "Share").ClickAsync();
        await Assertions.Expect(sharing).ToContainTextAsync("With Tides");
        await LookAsync(ada);
        await ada.OpenAsync($"/projects/{tides}");
        await Button(ada, "Work in it").ClickAsync();
        await ada.OpenAsync("/machines");
        await Assertions.Expect(ada.Page.Locator("tbody tr").First).ToContainTextAsync("shared by Personal");
        await LookAsync(ada);
        await ada.OpenAsync("/runs/new");
        await Assertions.Expect(ada.Page.GetByTestId("machine-aurora")).ToContainTextAsync("shared by Personal");
        await ada.OpenAsync($"/machines/{machine}");
        await Button(ada, "End the sharing with Tides").ClickAsync();
        await Button(ada, "End it").ClickAsync();
        await Assertions.Expect(sharing).ToContainTextAsync("Its project alone sends runs here.");
        await ada.OpenAsync("/machines");
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "No machines yet" })).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), visit.Page.Url);
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    // A run in a personal project, which bears its owner's id.
    private async Task<Id<Run>> SubmittedAsync(Id<Project> project)
    {
        var (run, owner) = (new Id<Run>(Guid.CreateVersion7()), new Id<User>(project.Value));
        await WriteAsync(Ledger.StreamOf<Run>(run.Value), Given.Submitted with { RunId = run, ProjectId = project,
            SubmittedBy = owner },
            Given.Granted with { RunId = run, LeaseId = new(Guid.CreateVersion7()), GrantedBy = owner, Until = new Chance()
                .Now.AddDays(3) });
        return run;
    }

    // By another node that shares the database, and has all read models that are kept where is written.
    private async Task WriteAsync(string stream, params object[] events)
    {
        await using var node = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = database, Types = new(typeof(RunSubmitted).Assembly), Projections = PortalStore.Projections,
                RunProjections = false,
        }, Cancel);
        var now = new Chance();
        PortalGround.Ok(await new Ledger(node.Store, now).AppendAsync(Caller.Worker(now.NewGuid()), [new(stream, 0, events)],
            Cancel));
    }

    private sealed class Chance : IChance
    {
        public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

        public Guid NewGuid() => Guid.CreateVersion7();
    }
}
