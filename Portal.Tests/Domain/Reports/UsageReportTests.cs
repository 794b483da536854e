using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Rest;
using Portal.Web.Components.Parts;
using Portal.Web.Reports;
using Portal.Web.Components.Runs;
using Portal.Web.Rest.Common;

namespace Portal.Tests.Domain.Reports;

/// <summary>Reports: their figures are those of the events, and each leads to the runs that it was folded from.</summary>
public sealed class UsageReportTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Id<Project> Personal => new(ground.Ada.User!.Value.Value);

    [Fact]
    public async Task Figures_are_those_of_the_events_and_each_leads_to_its_runs()
    {
        var (good, bad, again, under) = (await RunAsync(), await RunAsync(), await RunAsync(), await RunAsync());
        var began = DateTimeOffset.UtcNow.AddSeconds(40);
        await HappenAsync(good, new JobSubmitted(good, "a", "k", "1", null), Ended(good, "succeeded", began, 60, 7200),
            new TransferCompleted(good, "output-0", 100, "x", false), new TransferCompleted(good, "output-0", 50, "x", true),
            new RunSucceeded(good));
        await HappenAsync(bad, new JobSubmitted(bad, "a", "k", "2", null), Ended(bad, "failed", began, 20, 3600),
            new RunFailed(bad, new(FailureName.OutOfMemory, "too little")));
        await HappenAsync(again, new JobSubmitted(again, "a", "k", "3", null), Ended(again, "failed", began, 10, 1800),
            new RunFailed(again, new(FailureName.TimeLimit, "too long")), new RunRetried(again, ground.Machine, ground.Ada.User!.Value, Phase.Queued, ["a"]),
            new JobSubmitted(again, "a", "k", "4", null), Ended(again, "cancelled", null, 0, 0), new RunCancelled(again));
        await SeenAsync();

        var report = await ReportAsync(new(Personal, By: [ReportBy.Month, ReportBy.Machine, ReportBy.Person]));
        var row = Assert.Single(report.Rows);
        Assert.Equal((RunUsage.MonthOf(DateTimeOffset.UtcNow), ground.Machine, ground.Ada.User), (row.Month, row.Machine, row.Person));
        Assert.Equal("demo", report.MachineNames[ground.Machine]);
        Assert.Equal((4, 1, 1, 1, 1), (row.Runs, row.Succeeded, row.Failed, row.Cancelled, row.UnderWay));
        Assert.Equal((3.5, 100), (row.CoreHours, row.Bytes));
        Assert.Equal([new(FailureName.OutOfMemory, 1)], row.Failures);
        Assert.Equal(TimeSpan.FromSeconds(20), row.Ran!.Median);
        Assert.Equal(56, row.Ran.P95.TotalSeconds, 6);
        var waited = new[] { await WaitedAsync(good, began), await WaitedAsync(bad, began), await WaitedAsync(again, began) }.Order().ToList();
        Assert.Equal(waited[1].TotalSeconds, row.Queued!.Median.TotalSeconds, 3);
        Assert.Equal(report.Total with { Failures = [] }, row with { Month = null, Machine = null, Person = null, Failures = [] });

        foreach (var (show, count) in new (string?, long)[] { (null, 4), ("succeeded", 1), ("failed", 1), ("cancelled", 1), ("active", 1) })
            Assert.Equal(count, await LedToAsync(ReportAddress.Of(report.Asked, row, show)));
        Assert.Equal(1, await LedToAsync(ReportAddress.Of(report.Asked, row, "failed", "OutOfMemory")));
        Assert.Equal(0, await LedToAsync(ReportAddress.Of(report.Asked, row, "failed", "TimeLimit")));
        Assert.NotEqual(default, under);

        var (name, text) = UsageCsv.Of(report, new Dictionary<Id<User>, string> { [ground.Ada.User!.Value] = "=cmd()" },
            "https://portal.example.org");
        Assert.Matches(@"\Ausage-\d{4}-\d\d-\d{4}-\d\d\.csv\z", name);
        var rows = CsvText.Read(text, 10);
        Assert.Equal(rows[0].Count, rows[1].Count);
        Assert.Equal("'=cmd()", rows[1][rows[0].ToList().IndexOf("person_name")]);
        Assert.Equal("https://portal.example.org" + ReportAddress.Of(report.Asked, row), rows[1][rows[0].ToList().IndexOf("runs_page")]);

        // By REST and GraphQL every figure has its address, too, and as many runs are there as it says.
        using var program = RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(ground.Ada)).Text);
        var shown = (await program.GetAsync($"reports/usage?project={Personal}&by=Month&by=Machine&by=Person", Cancel)).GetProperty("rows")[0];
        foreach (var (link, count) in new[] { ("runs", 4), ("succeeded", 1), ("failed", 1), ("cancelled", 1), ("underWay", 1) })
        {
            var address = shown.GetProperty("links").GetProperty(link).GetString()!;
            Assert.StartsWith("/api/v1/runs?", address, StringComparison.Ordinal);
            Assert.Equal(count, (await program.GetAsync(address["/api/v1/".Length..], Cancel)).GetProperty("items").GetArrayLength());
        }
        var paths = (await ground.DataAsync(ground.Ada, """
            query($project: ID!) { usageReport(project: $project, by: [MONTH, MACHINE, PERSON]) { rows {
                all: runsPath failed: runsPath(outcome: FAILED) active: runsPath(outcome: UNDER_WAY)
                memory: runsPath(failure: OUT_OF_MEMORY) limit: runsPath(failure: TIME_LIMIT) } } }
            """, new { project = SchemaGround.IdOf(Personal) })).GetProperty("usageReport").GetProperty("rows")[0];
        foreach (var (path, count) in new[] { ("all", 4), ("failed", 1), ("active", 1), ("memory", 1), ("limit", 0) })
            Assert.Equal(count, await LedToAsync(paths.GetProperty(path).GetString()!));
    }

    [Fact]
    public async Task Of_a_project_who_reads_its_events_has_it_and_of_all_auditors_and_administrators_in_person()
    {
        var (people, members) = (new AccountGround(ground.Portal), new MemberGround(ground.Portal));
        // The first of a portal administers it, too.
        var (administrator, owner, stranger) = (await people.AdministratorAsync(), await people.SignUpAsync(), await people.SignUpAsync());
        var project = await members.ProjectAsync(owner);
        var (viewer, auditor) = (await members.MemberAsync(owner, project, Role.Viewer), await people.SignUpAsync());
        await people.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        foreach (var (caller, of, all) in new (Caller, string?, string?)[]
        {
            (owner, null, "FORBIDDEN"), (viewer, "FORBIDDEN", "FORBIDDEN"), (stranger, "NOT_FOUND", "FORBIDDEN"), (auditor, null, null),
            (administrator, "NOT_FOUND", null), (administrator with { Token = new(Guid.NewGuid(), [], null) }, "NOT_FOUND", "FORBIDDEN"),
        })
        {
            var (one, every) = (await Handler.HandleAsync(caller, new(project), Cancel), await Handler.HandleAsync(caller, new(), Cancel));
            Assert.Equal((caller, of, all), (caller, one.Problems?[0].Code, every.Problems?[0].Code));
        }
    }

    [Theory]
    [InlineData("2026-13", null, "from")]
    [InlineData("yesterday", null, "from")]
    [InlineData(null, "26-1", "until")]
    [InlineData("2026-02", "2026-01", "from")]
    [InlineData("1900-01", "2026-01", "from")]
    public void Months_that_are_none_or_too_many_are_told(string? from, string? until, string field) =>
        Assert.Equal(field, Assert.Single(new UsageReport(From: from, Until: until).Within(Moment).Problems!).Field);

    [Theory]
    [InlineData(null, null, "2025-12", "2026-11")]
    [InlineData(null, "0001-03", "0001-01", "0001-03")]
    [InlineData("2026-11", "2026-11", "2026-11", "2026-11")]
    public void Months_that_are_left_out_are_the_last_twelve(string? from, string? until, string first, string last)
    {
        var within = new UsageReport(From: from, Until: until).Within(Moment).Value!;
        Assert.Equal((first, last), (within.From, within.Until));
    }

    [Fact]
    public void As_csv_nothing_that_somebody_named_is_a_formula()
    {
        Assert.Equal(["'=1+1", "'+1", "'-1", "'@x", "\"a,\"\"b\"\"\"", "plain", ""],
            new[] { "=1+1", "+1", "-1", "@x", "a,\"b\"", "plain", null }.Select(CsvCell.Of));
    }

    [Fact]
    public void The_address_of_a_report_says_all_of_it()
    {
        var report = new UsageReport(Personal, ground.Machine, ground.Ada.User, "2026-01", "2026-03", [ReportBy.Person]);
        Assert.Equivalent(report, ReportAddress.Read(ReportAddress.Of(report)["/reports".Length..]), strict: true);
        // Where runs of several projects stand behind a number, it leads to the projects first.
        var (all, row) = (report with { Project = null }, new UsageRow("2026-02", null, null, null, 1, 1, 0, 0, 0, 0, null, null, []));
        Assert.StartsWith("/reports?project=all&", ReportAddress.Of(all, row), StringComparison.Ordinal);
        Assert.EndsWith("from=2026-02&until=2026-02&by=project", ReportAddress.Of(all, row), StringComparison.Ordinal);
    }

    private static DateTimeOffset Moment { get; } = new(2026, 11, 28, 0, 0, 0, TimeSpan.Zero);

    private UsageReportHandler Handler => ground.Get<UsageReportHandler>();

    private static StepEnded Ended(Id<Run> run, string outcome, DateTimeOffset? began, int seconds, double coreSeconds) => new(
        run, "a", 1, outcome, 0, new(0, 0, 1, 0, 0), began, began?.AddSeconds(seconds), null, null, coreSeconds);

    private async Task<Id<Run>> RunAsync() => SchemaGround.RunOf((await ground.RunAsync()).Run);

    private Task HappenAsync(Id<Run> run, params object[] events) => ground.HappenAsync<Run>(run.Value, events);

    private async Task SeenAsync()
    {
        var position = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunUsage>(position, Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(position, Cancel);
    }

    private async Task<MadeReport> ReportAsync(UsageReport report) =>
        PortalGround.Ok(await Handler.HandleAsync(ground.Ada, report, Cancel));

    private async Task<TimeSpan> WaitedAsync(Id<Run> run, DateTimeOffset began)
    {
        await foreach (var recorded in ground.Get<IEventStore>().ReadStreamAsync(Ledger.StreamOf<Run>(run.Value), cancel: Cancel))
            if (recorded.Body is JobSubmitted) return began - recorded.Time;
        throw new InvalidOperationException("It was never submitted.");
    }

    private async Task<long?> LedToAsync(string address)
    {
        Assert.StartsWith($"/runs?project={Personal}&", address, StringComparison.Ordinal);
        var asked = ListQuery.From(new Uri("http://portal" + address),
            ["machine", "workflow", "show", "failure", .. RunsQuery.Linked.Select(one => one.Key)], null, 50);
        return PortalGround.Ok(await ground.Get<ListRunsHandler>().HandleAsync(ground.Ada, Personal, RunsQuery.Of(asked), Cancel)).Total;
    }
}
