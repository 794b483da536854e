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

namespace Portal.Tests.Domain.Reports;

/// <summary>Of the runs behind a number of a report those alone count whose events somebody may read.</summary>
public sealed class UsageReachTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Rows = "query($project: ID) { usageReport(project: $project) { total { runsPath(outcome: UNDER_WAY) } } }";

    private const string Search =
        "query($where: EventSearchFilterInput) { eventSearch(where: $where, first: 500) { nodes { stream } total { number } } }";

    private const int Others = 1000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Id<Project> Personal => new(ground.Ada.User!.Value.Value);

    [Fact]
    public async Task Many_runs_of_others_stand_in_nobodys_way_and_are_told_to_nobody()
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await OthersAsync(run, Others);
        var stream = Ledger.StreamOf<Run>(run.Value);
        using var program = RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(ground.Ada)).Text);
        foreach (var project in new[] { "", $"project={Personal}&" })
            Assert.Equal([stream], Streams((await program.GetAsync($"events?{project}report=show%3Dactive", Cancel)).GetProperty("items")));

        // As a report by GraphQL says it.
        var rows = await ground.DataAsync(ground.Ada, Rows, new { project = SchemaGround.IdOf(Personal) });
        var report = rows.GetProperty("usageReport").GetProperty("total").GetProperty("runsPath").GetString();
        var found = (await ground.DataAsync(ground.Ada, Search, new { where = new { report } })).GetProperty("eventSearch");
        Assert.Equal([stream], Streams(found.GetProperty("nodes")));

        // Who may read all of them finds them all.
        var auditor = await new AccountGround(ground.Portal).SignUpAsync();
        await new AccountGround(ground.Portal).HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        Assert.Equal(Others + 1, await CountAsync(auditor, "show=active"));
        Assert.Equal(0, await CountAsync(auditor, "show=failed"));
        Assert.Equal(("INVALID_INPUT", "report"), await RefusalAsync(ground.Ada, "show=nonsense"));
        Assert.Equal(("INVALID_INPUT", "report"), await RefusalAsync(ground.Ada, "/reports?project=all"));
    }

    private static IEnumerable<string> Streams(JsonElement events) =>
        events.EnumerateArray().Select(one => one.GetProperty("stream").GetString()!).Distinct();

    private async Task<int> CountAsync(Caller caller, string report)
    {
        var where = new { report, types = new[] { "run_submitted" } };
        return (await ground.DataAsync(caller, Search, new { where })).GetProperty("eventSearch").GetProperty("total")
            .GetProperty("number").GetInt32();
    }

    private async Task<(string?, string?)> RefusalAsync(Caller caller, string report)
    {
        var answer = await ground.AskAsync(caller, Search, new { where = new { report } });
        var error = answer.GetProperty("errors")[0].GetProperty("extensions");
        return (error.GetProperty("code").GetString(), error.GetProperty("field").GetString());
    }

    private async Task OthersAsync(Id<Run> like, int count)
    {
        var first = PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, like, null, Cancel)).State.Request;
        var elsewhere = new Id<Project>(Guid.CreateVersion7());
        var copies = Enumerable.Range(0, count).Select(_ => first with { RunId = new(Guid.CreateVersion7()), ProjectId = elsewhere });
        PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(Caller.Worker(Guid.CreateVersion7()),
            [.. copies.Select(copy => new Write(Ledger.StreamOf<Run>(copy.RunId.Value), 0, [copy]))], Cancel));
        var highest = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunUsage>(highest, Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(highest, Cancel);
    }
}
