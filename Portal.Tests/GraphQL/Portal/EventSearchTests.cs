using System.Text.Json;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>The connection over all events: what it finds, for whom, in which order, and what it refuses.</summary>
public sealed class EventSearchTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Page = """
        query($where: EventSearchFilterInput, $project: ID, $order: Direction! = DESCENDING,
            $first: Int, $after: String, $last: Int, $before: String) {
          eventSearch(where: $where, project: $project, order: $order, first: $first, after: $after, last: $last, before: $before) {
            nodes { position type stream }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            total { number estimated }
          }
        }
        """;

    private const string Parts = "events { event { type position } parent depth } more";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_is_walked_in_every_direction()
    {
        var (_, run) = await ground.RunAsync();
        await ground.HappenAsync<Portal.Domain.Runs.Run>(SchemaGround.RunOf(run).Value, Many(SchemaGround.RunOf(run), 6));
        await CaughtUpAsync();
        var where = new { run };
        var all = Positions(await AskAsync(ground.Ada, new { where, first = 100 }));
        Assert.Equal(all.OrderDescending(), all);
        Assert.True(all.Count > 6);

        var walked = new List<long>();
        for (var (more, after) = (true, (string?)null); more;)
        {
            var page = await AskAsync(ground.Ada, new { where, first = 3, after });
            walked.AddRange(Positions(page));
            Assert.Equal(after is not null, page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean());
            (more, after) = (page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean(), Cursor(page, "endCursor"));
            Assert.Equal(all.Count, page.GetProperty("total").GetProperty("number").GetInt64());
        }
        Assert.Equal(all, walked);

        var back = new List<long>();
        for (var (more, before) = (true, (string?)null); more;)
        {
            var page = await AskAsync(ground.Ada, new { where, last = 3, before });
            back.InsertRange(0, Positions(page));
            (more, before) = (page.GetProperty("pageInfo").GetProperty("hasPreviousPage").GetBoolean(), Cursor(page, "startCursor"));
        }
        Assert.Equal(all, back);
        Assert.Equal(all.AsEnumerable().Reverse(), Positions(await AskAsync(ground.Ada, new { where, order = "ASCENDING", first = 100 })));
        Assert.Equal(all.AsEnumerable().Reverse().Skip(1).Take(2),
            Positions(await AskAsync(ground.Ada, new { where, order = "ASCENDING", first = 2, after = $"{all[^1]}" })));
    }

    [Fact]
    public async Task Everybody_finds_what_happens_in_their_projects_and_nothing_else()
    {
        var (_, run) = await ground.RunAsync();
        await CaughtUpAsync();
        Assert.NotEmpty(Positions(await AskAsync(ground.Ada, new { where = new { run } })));
        var (machine, types) = (SchemaGround.IdOf(ground.Machine), (string[])["run_submitted"]);
        Assert.NotEmpty(Positions(await AskAsync(ground.Ada, new { where = new { machine, types } })));
        var mine = await AskAsync(ground.Ada, new { first = 1000 });
        // Keys are a person's own, and belong to no project.
        Assert.DoesNotContain(mine.GetProperty("nodes").EnumerateArray(), one => one.GetProperty("type").GetString() == "credential_created");

        Assert.Empty(Positions(await AskAsync(ground.Stranger, new { where = new { run } })));
        var others = Positions(await AskAsync(ground.Stranger, new { first = 1000 }));
        Assert.Single(others);
        Assert.Empty(others.Intersect(Positions(mine)));
        var personal = SchemaGround.IdOf(new Id<Portal.Domain.Projects.Project>(ground.Ada.User!.Value.Value));
        Assert.Equal(JsonValueKind.Null, (await AskAsync(ground.Stranger, new { project = personal })).ValueKind);
        var position = Positions(mine)[0];
        var hidden = await ground.DataAsync(ground.Stranger,
            $"{{ recordedEvent(position: {position}) {{ type }} eventCauses(position: {position}) {{ more }} }}");
        Assert.Equal("""{"recordedEvent":null,"eventCauses":null}""", hidden.ToString());
    }

    [Fact]
    public async Task What_a_request_led_to_is_a_tree()
    {
        var (machine, request) = (new Id<Machine>(Guid.CreateVersion7()), Guid.CreateVersion7());
        NewEvent first = new(Guid.CreateVersion7(), new MachineRegistered(machine, new(ground.Ada.User!.Value.Value), ground.Ada.User.Value,
                new("tree", "login.example.org", 22, "ada", "/work", null, null, "slurm", [], []))),
            second = new(Guid.CreateVersion7(), new MachineChecked(machine, Guid.NewGuid(), true, []), first.Id),
            third = new(Guid.CreateVersion7(), new MachineRetired(machine), second.Id),
            fourth = new(Guid.CreateVersion7(), new HostKeyChanged(machine, "x"));
        await ground.Get<IEventStore>().AppendAsync([new(Ledger.StreamOf<Machine>(machine.Value), 0, [first, second, third, fourth],
            new("portal", "system", "worker", request))], Cancel);
        await CaughtUpAsync();
        var found = await AskAsync(ground.Ada, new { where = new { correlation = request } });
        var position = Positions(found)[0];

        var tree = (await ground.DataAsync(ground.Ada, $"{{ eventCauses(position: {position}) {{ {Parts} }} }}")).GetProperty("eventCauses");

        Assert.Equal(["machine_registered 0", "machine_checked 1", "machine_retired 2", "host_key_changed 1"],
            tree.GetProperty("events").EnumerateArray().Select(one => $"{one.GetProperty("event").GetProperty("type").GetString()} {one.GetProperty("depth").GetInt32()}"));
        Assert.False(tree.GetProperty("more").GetBoolean());
    }

    [Theory]
    [InlineData("""{"from": "2999-01-01T00:00:00Z"}""", "MOMENT_OUTSIDE", "from")]
    [InlineData("""{"until": "1960-01-01T00:00:00Z"}""", "MOMENT_OUTSIDE", "until")]
    [InlineData("""{"from": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}""", "EMPTY_PERIOD", "until")]
    [InlineData("""{"types": []}""", "MATCHES_NOTHING", "types")]
    [InlineData("""{"types": ["run_faild"]}""", "UNKNOWN_EVENT_TYPE", "types")]
    [InlineData("""{"door": "window"}""", "MATCHES_NOTHING", "door")]
    [InlineData("""{"text": " - & ' "}""", "MATCHES_NOTHING", "text")]
    [InlineData("""{"actor": ""}""", "INVALID_INPUT", "actor")]
    public async Task What_cannot_have_an_answer_is_said(string where, string code, string field)
    {
        var answer = await ground.AskAsync(ground.Ada, Page, new { where = JsonElement.Parse(where) });
        var error = answer.GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal((code, field), (error.GetProperty("code").GetString(), error.GetProperty("field").GetString()));
        Assert.NotEqual("", error.GetProperty("advice").GetString());
    }

    [Theory]
    [InlineData("9223372036854775807", "POSITION_AHEAD")]
    [InlineData("-1", "INVALID_INPUT")]
    [InlineData("first", "INVALID_INPUT")]
    public async Task A_position_outside_the_record_is_refused(string after, string code)
    {
        var error = (await ground.AskAsync(ground.Ada, Page, new { after })).GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal(code, error.GetProperty("code").GetString());
    }

    private Task CaughtUpAsync() => ground.CaughtUpAsync();

    private async Task<JsonElement> AskAsync(Caller caller, object variables) =>
        (await ground.DataAsync(caller, Page, variables)).GetProperty("eventSearch");

    private static List<long> Positions(JsonElement page) =>
        [.. page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("position").GetInt64())];

    private static string? Cursor(JsonElement page, string name) => page.GetProperty("pageInfo").GetProperty(name).GetString();

    private static object[] Many(Id<Portal.Domain.Runs.Run> run, int count) =>
        [.. Enumerable.Range(0, count).Select(number => new Portal.Domain.Runs.TransferStarted(run, $"input-{number}", "a", "b", 1))];
}

internal static class SearchedGround
{
    public static async Task CaughtUpAsync(this SchemaGround ground)
    {
        var cancel = TestContext.Current.CancellationToken;
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(await ground.Get<IEventStore>().HighestPositionAsync(cancel), cancel);
    }
}
