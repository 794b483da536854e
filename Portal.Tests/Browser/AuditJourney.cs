using Microsoft.Playwright;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Browser;

/// <summary>Somebody looks through the record: finds a failed run, sees what led to it, narrows by links, takes it away.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class AuditJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-audit-").FullName;
    private PortalServer server = null!;
    private EventStoreDatabase node = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        server = await PortalServer.StartAsync(database, folder, new Dictionary<string, string> { ["Portal__Roles"] = "web" }, Cancel);
        // Another node that shares the database, and has all read models that are kept where is written.
        node = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = database, Types = PortalStore.Types, Projections = PortalStore.Projections, RunProjections = false,
        }, Cancel);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task A_failed_run_is_found_and_what_led_to_it(ColorScheme scheme, int width)
    {
        await using var ada = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await ada.OpenAsync("/projects");
        var project = Id<Project>.Parse((await ada.Page.Locator("main a[href^='/projects/']").First.GetAttributeAsync("href"))![^32..]);
        var run = await FailedAsync(project);

        await ada.OpenAsync("/audit");
        var (list, detail) = (ada.Page.Locator(".audit-list"), ada.Page.Locator(".audit-detail"));
        await Assertions.Expect(list.Locator("li").First).ToContainTextAsync("Run failed");
        await Assertions.Expect(list.Locator("li").First).ToContainTextAsync("Two steps");
        await Assertions.Expect(list.Locator("li").Last).ToContainTextAsync("Project created");
        await Assertions.Expect(ada.Page.Locator(".list-foot")).ToContainTextAsync("events");
        await LookAsync(ada);

        await ada.Page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("run_failed");
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(1);
        Assert.Contains("type=run_failed", ada.Page.Url, StringComparison.Ordinal);
        await list.GetByRole(AriaRole.Link, new() { Name = "Run failed" }).ClickAsync();
        await Assertions.Expect(detail).ToContainTextAsync("It ran out of memory.");
        await Assertions.Expect(detail.Locator(".audit-tree li").First).ToContainTextAsync("Run submitted");
        await Assertions.Expect(detail.Locator(".audit-tree li.shown")).ToContainTextAsync("Run failed");
        await LookAsync(ada);
        await ada.Page.ReloadAsync();
        await ada.LiveAsync();
        await Assertions.Expect(detail).ToContainTextAsync("It ran out of memory.");

        await detail.GetByRole(AriaRole.Link, new() { Name = "Job submitted" }).ClickAsync();
        await Assertions.Expect(detail).ToContainTextAsync("\"jobId\": \"4711\"");
        await detail.GetByRole(AriaRole.Link, new() { Name = "All of this run" }).ClickAsync();
        await Assertions.Expect(Chip(ada, "run Two steps")).ToBeVisibleAsync();
        Assert.Contains($"run={run}", ada.Page.Url, StringComparison.Ordinal);
        await Chip(ada, "type Run failed").ClickAsync();
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(8);
        await ada.Page.GetByLabel("Words in the events").FillAsync("4711");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(1);
        var export = await ada.Page.RunAndWaitForDownloadAsync(() =>
            ada.Page.GetByRole(AriaRole.Link, new() { Name = "JSONL", Exact = true }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await export.PathAsync(), Cancel);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"jobId\":\"4711\"", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"end\":{\"events\":1,", lines[1], StringComparison.Ordinal);
        await ada.Page.GetByLabel("Words in the events").FillAsync("nowhere");
        await ada.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing fits" })).ToBeVisibleAsync();
        await LookAsync(ada);

        await ChooseByNameAsync(ada, list, run);
        await ada.OpenAsync("/audit?from=yesterday");
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("from");
        await LookAsync(ada);
        await ada.OpenAsync("/audit");
        await Assertions.Expect(list.Locator("li").First).ToContainTextAsync("1 event as jsonl");
        await node.Store.AppendAsync([new($"denial-{Guid.CreateVersion7():n}", 0,
            [new(Guid.CreateVersion7(), new AccessDenied(project, "SubmitRun", "FORBIDDEN"))], By(project, Guid.CreateVersion7()))], Cancel);
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "1 newer event" }).ClickAsync();
        await Assertions.Expect(list.Locator("li").First).ToContainTextAsync("Access denied");
        Assert.DoesNotContain(ada.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));

        await using var grace = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await grace.RegisterAsync("Grace Hopper", "grace@example.org");
        await grace.Page.Locator(".avatar").WaitForAsync();
        await grace.OpenAsync($"/audit?run={run}");
        await Assertions.Expect(grace.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing fits" })).ToBeVisibleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (node is not null) await node.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // Each of them by a part of its name; types one after the other.
    private static async Task ChooseByNameAsync(Visit ada, ILocator list, Id<Run> run)
    {
        await ada.OpenAsync($"/runs/{run}");
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Its events" }).ClickAsync();
        await Assertions.Expect(Chip(ada, "run Two steps")).ToBeVisibleAsync();
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(8);
        await ada.Page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("run_failed");
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(1);
        await ada.Page.GetByLabel("Type", new() { Exact = true }).SelectOptionAsync("job_submitted");
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(2);
        await TypeAsync(ada, "Person", "ada");
        await Assertions.Expect(Chip(ada, "person Ada Lovelace")).ToBeVisibleAsync();
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(0);
        await Chip(ada, "person Ada Lovelace").ClickAsync();
        await Assertions.Expect(Chip(ada, "person")).ToHaveCountAsync(0);
        await TypeAsync(ada, "Person", "the portal");
        await Assertions.Expect(Chip(ada, "person the portal")).ToBeVisibleAsync();
        await Assertions.Expect(list.Locator("li")).ToHaveCountAsync(2);
        await TypeAsync(ada, "Project", "pers");
        await Assertions.Expect(Chip(ada, "project Personal of Ada Lovelace")).ToBeVisibleAsync();
        await Chip(ada, "run Two steps").ClickAsync();
        await Assertions.Expect(Chip(ada, "run Two steps")).ToHaveCountAsync(0);
        await TypeAsync(ada, "Run", "two");
        await Assertions.Expect(Chip(ada, "run Two steps")).ToBeVisibleAsync();
        await TypeAsync(ada, "Machine", "nowhere");
        await Assertions.Expect(ada.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Nothing that you may see is called so.");
        await LookAsync(ada);
    }

    private static async Task TypeAsync(Visit ada, string label, string text)
    {
        await ada.Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);
        await ada.Page.Keyboard.PressAsync("Enter");
    }

    private static ILocator Chip(Visit visit, string words) => visit.Page
        .Locator(".chip", new() { HasTextRegex = new("^" + words) });

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), visit.Page.Url);
    }

    private static EventMetadata By(Id<Project> project, Guid request) => new(project.ToString(), "user", "page", request, null, "192.0.2.7");

    // A run in a personal project, which bears its owner's id: each fact names the one that led to it.
    private async Task<Id<Run>> FailedAsync(Id<Project> project)
    {
        var (run, request, owner) = (new Id<Run>(Guid.CreateVersion7()), Guid.CreateVersion7(), new Id<User>(project.Value));
        NewEvent New(object body) => new(Guid.CreateVersion7(), body);
        var submitted = New(Given.Submitted with { RunId = run, ProjectId = project, SubmittedBy = owner });
        var (staging, running) = (New(new PhaseEntered(run, Phase.StagingIn)), New(new PhaseEntered(run, Phase.Running)));
        var step = New(new StepSubmitting(run, "solve", 1, "key"));
        var trouble = new Failure(FailureName.OutOfMemory, "It ran out of memory.");
        (NewEvent Event, NewEvent? Cause)[] facts =
        [
            (submitted, null), (staging, submitted), (New(new TransferStarted(run, "input-0", "a", "b", 1)), staging), (running, submitted),
            (step, running), (New(new JobSubmitted(run, "solve", "key", "4711", null)), step),
            (New(Given.Ended("solve", "failed", FailureName.OutOfMemory) with { RunId = run }), step), (New(new RunFailed(run, trouble)), step),
        ];
        foreach (var ((fact, cause), version) in facts.Select((fact, version) => (fact, version)))
            await node.Store.AppendAsync([new(Ledger.StreamOf<Run>(run.Value), version, [fact], cause is null
                ? By(project, request)
                : new("portal", "system", "worker", request, cause.Id))], Cancel);
        return run;
    }
}
