using System.Text.Json;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Rest;
using Portal.Web.Reports;

namespace Portal.Tests.Domain.Reports;

/// <summary>Each number of a report leads to the events that it was folded from, at every door, for those who may read
/// them.</summary>
public sealed class UsageLinksTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string ByProject = """
        { usageReport(by: [PROJECT]) { rows { project runsPath eventsPath failed: eventsPath(
            failure: OUT_OF_MEMORY) } total { runsPath eventsPath } } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Id<Project> Personal => new(ground.Ada.User!.Value.Value);

    [Fact]
    public async Task Each_number_leads_to_its_events_where_they_may_be_read()
    {
        var people = new AccountGround(ground.Portal);
        var (administrator, auditor) = (await people.AdministratorAsync(), await people.SignUpAsync());
        await people.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        var (good, bad, under) = (await RunAsync(), await RunAsync(), await RunAsync());
        await ground.HappenAsync<Run>(good.Value, new RunSucceeded(good));
        await ground.HappenAsync<Run>(bad.Value, new RunFailed(bad, new(FailureName.OutOfMemory, "too little")));
        var highest = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunUsage>(highest, Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(highest, Cancel);
        using var program = RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(ground.Ada)).Text);
        using var reader = RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(auditor)).Text);

        // By REST, of a project for its member and of all for an auditor.
        foreach (var (client, of) in new[] { (program, $"project={Personal}"), (reader, "by=Project"), (reader, "by=Month") })
        {
            var row = (await client.GetAsync($"reports/usage?{of}", Cancel)).GetProperty("rows")[0];
            var events = row.GetProperty("links").GetProperty("events");
            foreach (var (link, runs) in new (string, Id<Run>[])[]
                { ("runs", [good, bad, under]), ("succeeded", [good]), ("failed", [bad]), ("cancelled", []),
                    ("underWay", [under]) })
                Assert.Equal(Streams(runs), await StreamsAsync(client, events.GetProperty(link)));
            var failure = row.GetProperty("failures")[0];
            Assert.Equal(("OutOfMemory", 1), (failure.GetProperty("name").GetString(), failure.GetProperty("runs").GetInt32()));
            Assert.Equal(Streams([bad]), await StreamsAsync(client, failure.GetProperty("links").GetProperty("events")));
            var address = failure.GetProperty("links").GetProperty("runs").GetString()!;
            var list = (await client.GetAsync(address["/api/v1/".Length..], Cancel))
                .GetProperty(of.EndsWith("Month", StringComparison.Ordinal) ? "rows" : "items");
            Assert.Equal(1, list.GetArrayLength());
        }

        // By GraphQL as paths of pages; an administrator, who has the figures of all projects, sees into none but their own.
        foreach (var (caller, sees) in new[] { (auditor, true), (administrator, false) })
        {
            var report = (await ground.DataAsync(caller, ByProject, new { })).GetProperty("usageReport");
            var row = report.GetProperty("rows").EnumerateArray().Single(one =>
                one.GetProperty("project").GetString() == SchemaGround.IdOf(Personal));
            Assert.StartsWith(sees ? $"/runs?project={Personal}&" : "/reports?project=all&", row.GetProperty("runsPath")
                .GetString(), StringComparison.Ordinal);
            Assert.StartsWith("/reports?project=all&", report.GetProperty("total").GetProperty("runsPath").GetString(),
                StringComparison.Ordinal);
            Assert.Equal(sees, row.GetProperty("eventsPath").GetString()?.StartsWith($"/audit?project={Personal}&report=",
                StringComparison.Ordinal) == true);
            Assert.Equal(sees, report.GetProperty("total").GetProperty("eventsPath").GetString()?.StartsWith("/audit?report=",
                StringComparison.Ordinal) == true);
            Assert.Equal(sees, row.GetProperty("failed").GetString()?.EndsWith("show%3Dfailed%26failure%3DOutOfMemory",
                StringComparison.Ordinal) == true);
            Assert.Equal(sees, row.GetProperty("eventsPath").ValueKind == JsonValueKind.String);
        }
        var made = PortalGround.Ok(await ground.Get<UsageReportHandler>().HandleAsync(administrator,
            new(By: [ReportBy.Project]), Cancel));
        var others = made.Rows.Single(one => one.Project == Personal);
        Assert.Null(ReportAddress.Of(made, others));
        Assert.Null(ReportAddress.Of(made, others, "failed"));
        Assert.EndsWith(",,\r\n", UsageCsv.Of(made with { Rows = [others] }, new Dictionary<Id<User>, string>(),
            "https://p").Text,
            StringComparison.Ordinal);
    }

    private static IEnumerable<string> Streams(Id<Run>[] runs) => runs.Select(run => Ledger.StreamOf<Run>(run.Value)).Order();

    private static async Task<IEnumerable<string>> StreamsAsync(RestClient client, JsonElement address)
    {
        Assert.StartsWith("/api/v1/events?", address.GetString(), StringComparison.Ordinal);
        var found = await client.GetAsync(address.GetString()!["/api/v1/".Length..] + "&limit=1000", Cancel);
        return found.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("stream").GetString()!)
            .Where(stream => stream.StartsWith("run-", StringComparison.Ordinal)).Distinct().Order();
    }

    private async Task<Id<Run>> RunAsync() => SchemaGround.RunOf((await ground.RunAsync()).Run);
}
