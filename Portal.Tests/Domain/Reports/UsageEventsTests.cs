using Microsoft.AspNetCore.WebUtilities;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Rest;
using Portal.Web.Reports;

namespace Portal.Tests.Domain.Reports;

/// <summary>From the runs that a number of a report leads to it goes on to their events, and to no others.</summary>
public sealed class UsageEventsTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Id<Project> Personal => new(ground.Ada.User!.Value.Value);

    [Fact]
    public async Task The_events_of_a_number_are_those_of_its_runs()
    {
        var (good, bad, late, under) = (await RunAsync(), await RunAsync(), await RunAsync(), await RunAsync());
        await HappenAsync(good, new RunSucceeded(good));
        await HappenAsync(bad, new RunFailed(bad, new(FailureName.OutOfMemory, "too little")));
        await HappenAsync(late, new RunFailed(late, new(FailureName.TimeLimit, "too long")));
        var highest = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunUsage>(highest, Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(highest, Cancel);
        var report = PortalGround.Ok(await ground.Get<UsageReportHandler>().HandleAsync(ground.Ada, new(Personal), Cancel));
        var row = Assert.Single(report.Rows);
        using var program = RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(ground.Ada)).Text);

        foreach (var (show, failure, runs) in new (string?, string?, Id<Run>[])[]
        {
            (null, null, [good, bad, late, under]), ("succeeded", null, [good]), ("failed", null, [bad, late]), ("cancelled", null, []),
            ("active", null, [under]), ("failed", "OutOfMemory", [bad]),
        })
        {
            var list = ReportAddress.Of(report.Asked, row, show, failure);
            var events = ReportAddress.EventsOf(Personal, new Uri(ground.Portal.Address, list).Query)!;
            Assert.StartsWith("/audit?", events, StringComparison.Ordinal);
            Assert.Equal(runs.Select(run => Ledger.StreamOf<Run>(run.Value)).Order(), await StreamsAsync(program, events));
        }

        // What an export was of stands in its note, too.
        var file = ReportAddress.EventsOf(Personal, "?from=2020-01&until=2020-02&show=failed")!["/audit?".Length..];
        Assert.Contains("{\"end\":{\"events\":0,", await program.Http.GetStringAsync(
            new Uri($"events.jsonl?{file}", UriKind.Relative), Cancel), StringComparison.Ordinal);
        var noted = await ground.Get<IEventTail>().FollowAsync(highest, Cancel).SelectMany(batch => batch.ToAsyncEnumerable())
            .Select(recorded => recorded.Body).OfType<EventsExported>().FirstAsync(Cancel);
        Assert.Equal((Phase.Failed, "2020-01"), (noted.Filter.Usage?.Outcome, noted.Filter.Usage?.Report.From));
    }

    [Theory]
    [InlineData("show=nonsense")]
    [InlineData("failure=nonsense")]
    [InlineData("machine=nonsense")]
    [InlineData("workflow=tides")]
    [InlineData("from=2026-13")]
    public async Task What_is_no_list_of_runs_is_refused(string report)
    {
        using var program = RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(ground.Ada)).Text);
        var path = $"events?project={Personal}&report={Uri.EscapeDataString(report)}";
        var field = (await program.GetAsync(path, Cancel, 422)).GetProperty("errors")[0].GetProperty("field").GetString();
        Assert.Contains(field, (string[])["report", "from"]);
    }

    [Theory]
    [InlineData("?project=x", null)]
    [InlineData("?show=attention", null)]
    [InlineData("?show=failed&workflow=tides", null)]
    [InlineData("?show=failed&q=heat", null)]
    [InlineData("?show=failed&sort=-name&page=2", "show=failed")]
    public void A_list_that_no_report_leads_to_has_no_such_events(string list, string? report) => Assert.Equal(report,
        ReportAddress.EventsOf(Personal, list) is { } events
            ? QueryHelpers.ParseQuery(events.Split('?')[1])["report"].ToString() : null);

    private async Task<List<string>> StreamsAsync(RestClient program, string address)
    {
        var found = await program.GetAsync("events?limit=1000&" + address.Split('?')[1], Cancel);
        return [.. found.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("stream").GetString()!)
            .Where(stream => stream.StartsWith("run-", StringComparison.Ordinal)).Distinct().Order()];
    }

    private async Task<Id<Run>> RunAsync() => SchemaGround.RunOf((await ground.RunAsync()).Run);

    private Task HappenAsync(Id<Run> run, params object[] facts) => ground.HappenAsync<Run>(run.Value, facts);
}
