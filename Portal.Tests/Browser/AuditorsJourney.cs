using Microsoft.Playwright;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>An administrator makes somebody an auditor, who finds a failed run in a project that they are no member of, reads what
/// the project used, and sees that their own reading was recorded.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class AuditorsJourney(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-auditors-").FullName;
    private string database = "";
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        server = await PortalServer.StartAsync(database, folder, new Dictionary<string, string> { ["Portal__Roles"] = "web" }, Cancel);
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task An_auditor_is_named_sees_every_project_and_reads_what_was_used(ColorScheme scheme, int width)
    {
        var browser = await fixture.BrowserAsync();
        await using var ada = await Visit.StartAsync(browser, server.Address, scheme, width);
        await ada.RegisterAsync("Ada Lovelace", "ada@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await using var grace = await Visit.StartAsync(browser, server.Address, scheme, width);
        await grace.RegisterAsync("Grace Hopper", "grace@example.org");
        await grace.Page.Locator(".avatar").WaitForAsync();
        await ada.OpenAsync("/projects");
        var project = Id<Project>.Parse((await ada.Page.Locator("main a[href^='/projects/']").First.GetAttributeAsync("href"))![^32..]);
        var (failed, month) = (await RanAsync(project), DateTimeOffset.UtcNow.ToString("yyyy-MM"));
        Assert.Equal(404, (await grace.Page.GotoAsync($"/runs/{failed}"))!.Status);

        await ada.OpenAsync("/admin/users");
        await Button(ada, "Make auditor: Grace Hopper").ClickAsync();
        await LookAsync(ada);
        await Button(ada, "Make auditor").ClickAsync();
        await Assertions.Expect(ada.Page.Locator("tr", new() { HasText = "Grace Hopper" })).ToContainTextAsync("auditor");
        await LookAsync(ada);

        await grace.OpenAsync("/projects");
        await Assertions.Expect(grace.Page.GetByRole(AriaRole.Heading, new() { Name = "All projects" })).ToBeVisibleAsync();
        await LookAsync(grace);
        await grace.Page.Locator($"section.all-projects a[href='/projects/{project}']").First.ClickAsync();
        await Assertions.Expect(grace.Page.GetByText("You see it as an auditor of this portal.")).ToBeVisibleAsync();
        await Assertions.Expect(Button(grace, "Rename")).ToHaveCountAsync(0);
        await Assertions.Expect(Button(grace, "Leave")).ToHaveCountAsync(0);
        await LookAsync(grace);
        await Button(grace, "Work in it").ClickAsync();
        await grace.OpenAsync("/reports");
        await Assertions.Expect(grace.Page.GetByTestId("total-runs")).ToHaveTextAsync("3");
        // Every figure at the top leads somewhere, and so does every number of a chart.
        await Assertions.Expect(grace.Page.Locator(".report-figure a[href^='/runs?']")).ToHaveCountAsync(6);
        await Assertions.Expect(grace.Page.Locator(".report-chart li:not(:has(a.num[href]))")).ToHaveCountAsync(0);
        foreach (var chart in new[] { "Runs", "Core hours", "Moved", "In the queue", "Running" })
            await Assertions.Expect(grace.Page.GetByRole(AriaRole.Region, new() { Name = $"{chart} by month", Exact = true })
                .Locator("li")).ToHaveCountAsync(1);
        await LookAsync(grace);
        await grace.Page.GetByLabel("A row for each").SelectOptionAsync("person");
        await Assertions.Expect(grace.Page.GetByRole(AriaRole.Region, new() { Name = "Running by person" }))
            .ToContainTextAsync("Ada Lovelace");
        var row = grace.Page.Locator(".report-table tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("Ada Lovelace");
        await Assertions.Expect(row).ToContainTextAsync("2.5");
        await LookAsync(grace);
        await row.GetByRole(AriaRole.Link, new() { Name = "Ada Lovelace: 1 failed" }).ClickAsync();
        await Assertions.Expect(grace.Page.GetByRole(AriaRole.Heading, new() { Name = "Runs", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(grace.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await LookAsync(grace);
        await grace.Page.GetByTestId("their-events").ClickAsync();
        await Assertions.Expect(grace.Page.Locator(".audit-list li", new() { HasText = "Run failed" })).ToHaveCountAsync(1);
        await Assertions.Expect(grace.Page.Locator(".chip", new() { HasText = "report" })).ToHaveCountAsync(1);
        await Assertions.Expect(grace.Page.Locator(".chip", new() { HasText = "project Personal of Ada Lovelace" }))
            .ToHaveCountAsync(1);
        await LookAsync(grace);
        await grace.Page.GoBackAsync();
        await grace.Page.Locator($"a[href='/runs/{failed}']").First.ClickAsync();
        await Assertions.Expect(grace.Page.Locator("main")).ToContainTextAsync("More memory than there is.");
        await Assertions.Expect(Button(grace, "Retry")).ToHaveCountAsync(0);

        await grace.OpenAsync($"/reports?project=all&from={month}&until={month}&by=project");
        await Assertions.Expect(grace.Page.Locator(".report-table tbody tr")).ToContainTextAsync("Personal of Ada Lovelace");
        var csv = await grace.Page.APIRequest.GetAsync(
            (await grace.Page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).GetAttributeAsync("href"))!);
        Assert.StartsWith("month,project,", await csv.TextAsync(), StringComparison.Ordinal);
        await grace.OpenAsync("/reports?from=2026-13");
        await Assertions.Expect(grace.Page.Locator("main")).ToContainTextAsync("A month is a year and a month");
        await LookAsync(grace);
        Assert.DoesNotContain(grace.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));

        var read = await ReadingsAsync();
        Assert.Contains(("run", failed.ToString()), read);
        Assert.Contains(("report", "usage"), read);
        Assert.Equal(read.Distinct().Count(), read.Count - 1); // The report: of the project, and of all.

        // An auditor chooses among the projects of all. An administrator has the figures of all, and ways into their own alone.
        await grace.OpenAsync("/audit");
        await grace.Page.GetByLabel("Project", new() { Exact = true }).FillAsync("ada");
        await grace.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(grace.Page.Locator(".chip", new() { HasText = "project Personal of Ada Lovelace" }))
            .ToHaveCountAsync(1);
        await RanAsync(await OtherProjectAsync(project));
        await ada.OpenAsync($"/reports?project=all&from={month}&until={month}&by=project");
        await Assertions.Expect(ada.Page.Locator(".report-table tr", new() { HasText = "Ada Lovelace" }).Locator("a"))
            .ToHaveCountAsync(10);
        await Assertions.Expect(ada.Page.Locator(".report-table tr", new() { HasText = "Grace Hopper" })).ToContainTextAsync("3");
        await Assertions.Expect(ada.Page.Locator(".report-table tr", new() { HasText = "Grace Hopper" }).Locator("a"))
            .ToHaveCountAsync(0);
        await Assertions.Expect(ada.Page.Locator(".report-chart li", new() { HasText = "Grace Hopper" }).Locator("a"))
            .ToHaveCountAsync(0);
        await LookAsync(ada);
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

    // One that went well, one that failed and one under way, in a personal project, which bears its owner's id.
    private async Task<Id<Run>> RanAsync(Id<Project> project)
    {
        var (owner, began) = (new Id<User>(project.Value), DateTimeOffset.UtcNow.AddMinutes(3));
        var runs = Enumerable.Range(0, 3).Select(_ => new Id<Run>(Guid.CreateVersion7())).ToList();
        await SubmitAsync(runs[0], [.. Ended(runs[0], "succeeded", 7200), new RunSucceeded(runs[0])]);
        await SubmitAsync(runs[1], [.. Ended(runs[1], "failed", 1800),
            new RunFailed(runs[1], new(FailureName.OutOfMemory, "More memory than there is."))]);
        await SubmitAsync(runs[2], []);
        return runs[1];

        Task SubmitAsync(Id<Run> run, object[] after) => OtherNode.SubmitAsync(database, run, Cancel,
            [Given.Submitted with { RunId = run, ProjectId = project, SubmittedBy = owner }, .. after]);
        object[] Ended(Id<Run> run, string outcome, double coreSeconds) =>
            [new JobSubmitted(run, "a", "k", "1", null), new StepEnded(run, "a", 1, outcome, 0, new(0, 0, 1, 0, 0), began,
                began.AddMinutes(50), null, null, coreSeconds)];
    }

    private async Task<Id<Project>> OtherProjectAsync(Id<Project> than)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            "select body->>'projectId' from portal_events.events where type = 'project_created' and body->>'projectId' <> $1");
        command.Parameters.Add(new() { Value = than.ToString() });
        return Id<Project>.Parse((string)(await command.ExecuteScalarAsync(Cancel))!);
    }

    private async Task<IReadOnlyList<(string Kind, string About)>> ReadingsAsync()
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            "select body->>'kind', body->>'about' from portal_events.events where type = 'record_read'");
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var found = new List<(string, string)>();
        while (await rows.ReadAsync(Cancel)) found.Add((rows.GetString(0), rows.GetString(1)));
        return found;
    }
}
