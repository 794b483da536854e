using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>What is followed, from where, and by whom.</summary>
public sealed class SubscriptionTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Events = """
        subscription($project: ID, $run: ID, $after: Long) {
            events(project: $project, where: {run: $run}, after: $after) { position type } }
        """;

    private const string Run = """
        subscription($id: ID!, $after: Long) {
            run(id: $id, after: $after) { position run { phase version } events { type version } } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_shown_and_followed_to_its_end_and_who_comes_back_goes_on_where_they_were()
    {
        var (_, id) = await ground.RunAsync();
        using var socket = await AdaAsync();
        await socket.SubscribeAsync(Run, new { id });
        var now = await socket.NextAsync();
        Assert.Equal(("SUBMITTED", 0), (PhaseOf(now), now.GetProperty("events").GetArrayLength()));
        await EnterAsync(id, Phase.FetchingInputs);
        var fetching = await socket.NextAsync();
        Assert.Equal("FETCHING_INPUTS", PhaseOf(fetching));
        Assert.Equal("phase_entered", Type(Assert.Single(fetching.GetProperty("events").EnumerateArray())));
        await EnterAsync(id, Phase.Running);
        await ground.HappenAsync<Run>(SchemaGround.RunOf(id).Value, new RunSucceeded(SchemaGround.RunOf(id)));
        Assert.Equal(["phase_entered", "run_succeeded"], await TypesToTheEndAsync(socket));
        // From each place on it is the rest, and nothing at the end.
        await socket.SubscribeAsync(Run, new { id, after = Position(now) });
        Assert.Equal(["phase_entered", "phase_entered", "run_succeeded"], await TypesToTheEndAsync(socket));
        await socket.SubscribeAsync(Run, new { id, after = Position(fetching) });
        Assert.Equal(["phase_entered", "run_succeeded"], await TypesToTheEndAsync(socket));
        await socket.SubscribeAsync(Run, new { id, after = await ground.Get<IEventStore>().LastPositionAsync(Cancel) });
        Assert.Empty(await TypesToTheEndAsync(socket));
    }

    [Fact]
    public async Task The_page_of_what_happened_and_what_follows_it_are_of_one_piece()
    {
        var (_, id) = await ground.RunAsync();
        var page = (await ground.DataAsync(ground.Ada,
            "query($run: ID!) { events(where: {run: $run}, first: 1) { nodes { type } pageInfo { endCursor hasNextPage } } }",
            new { run = id })).GetProperty("events");
        Assert.Equal(1, page.GetProperty("nodes").GetArrayLength());
        Assert.True(page.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        var whole = (await ground.DataAsync(
            ground.Ada, "query($id: ID!) { run(id: $id) { events { nodes { type } } } }", new { id }))
            .GetProperty("run").GetProperty("events").GetProperty("nodes").EnumerateArray().Select(Type).ToList();
        var seen = page.GetProperty("nodes").EnumerateArray().Select(Type).ToList();
        using var socket = await AdaAsync();
        await socket.SubscribeAsync(Events,
            new { run = id, after = long.Parse(page.GetProperty("pageInfo").GetProperty("endCursor").GetString()!) });
        while (seen.Count < whole.Count) seen.Add(Type(await socket.NextAsync()));
        Assert.Equal(whole, seen);
        await EnterAsync(id, Phase.FetchingCode);
        Assert.Equal("phase_entered", Type(await socket.NextAsync()));
    }

    [Theory]
    [InlineData(long.MaxValue, "POSITION_AHEAD")]
    [InlineData(-1, "INVALID_INPUT")]
    public async Task A_position_that_nobody_was_given_is_refused(long after, string code)
    {
        var (_, id) = await ground.RunAsync();
        using var socket = await AdaAsync();
        foreach (var query in (string[])
            [Events, Run, "subscription($after: Long) { runs(after: $after) { position } }",
             "subscription($machine: ID!, $after: Long) { machine(id: $machine, after: $after) { position } }"])
        {
            await socket.SubscribeAsync(query, new { id, after, machine = SchemaGround.IdOf(ground.Machine) });
            Assert.Equal(code, await socket.ErrorAsync());
        }
    }

    [Fact]
    public async Task A_stranger_follows_nothing()
    {
        var (_, id) = await ground.RunAsync();
        var ids = new { id, project = SchemaGround.IdOf(Home), machine = SchemaGround.IdOf(ground.Machine) };
        using var socket = await LiveSocket.OfAsync(ground, ground.Stranger);
        foreach (var query in (string[])
            [Events, Run, "subscription($project: ID) { runs(project: $project) { position } }",
             "subscription($machine: ID!) { machine(id: $machine) { position } }",
             "subscription($id: ID!) { log(run: $id, step: \"a\") { text } }"])
        {
            await socket.SubscribeAsync(query, ids);
            Assert.Equal("NOT_FOUND", await socket.ErrorAsync());
        }
    }

    [Fact]
    public async Task Who_is_no_member_any_more_sees_nothing_that_comes_after()
    {
        var (_, id) = await ground.RunAsync();
        var guest = ground.Stranger.User!.Value;
        await ground.HappenAsync<Project>(Home.Value, new MemberAdded(Home, "ada", guest, Role.Viewer));
        using var socket = await LiveSocket.OfAsync(ground, ground.Stranger);
        await socket.SubscribeAsync(Events, new { project = SchemaGround.IdOf(Home) });
        Assert.Equal("FORBIDDEN", await socket.ErrorAsync());
        await socket.SubscribeAsync(Run, new { id });
        Assert.Equal("SUBMITTED", PhaseOf(await socket.NextAsync()));
        await ground.HappenAsync<Project>(Home.Value, new MemberRemoved(Home, guest));
        await EnterAsync(id, Phase.FetchingCode);
        Assert.Equal("NOT_FOUND", await socket.ErrorAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_ends_ends_what_it_follows(bool revoked)
    {
        var token = await ground.AccessTokenAsync(ground.Ada);
        using var socket = await LiveSocket.WithTokenAsync(ground.Portal.Address, token.Text);
        await socket.SubscribeAsync(Events);
        using var client = new HttpClient { BaseAddress = ground.Portal.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        client.DefaultRequestHeaders.Accept.Add(new("text/event-stream"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "graphql");
        request.Content = JsonContent.Create(new { query = Events });
        using var stream = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        await ground.EndAsync(token, revoked);
        Assert.Equal((4403, "You may not follow this any more."), await socket.EndAsync());
        var told = await stream.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("\"code\":\"FORBIDDEN\"", told);
        Assert.EndsWith("event: complete\ndata: \n\n", told);
    }

    [Fact]
    public async Task Runs_that_meet_the_conditions_come_when_something_happens_to_them()
    {
        var ((_, quiet), (_, busy)) = (await ground.RunAsync(), await ground.RunAsync());
        var after = await ground.Get<IEventStore>().LastPositionAsync(Cancel);
        using var socket = await AdaAsync();
        await socket.SubscribeAsync(
            "subscription($after: Long) { runs(where: {phase: QUEUED}, after: $after) { position runs { id phase } } }",
            new { after });
        await EnterAsync(quiet, Phase.FetchingCode);
        await EnterAsync(busy, Phase.Queued);
        var change = await socket.NextAsync();
        Assert.Equal($$"""[{"id":"{{busy}}","phase":"QUEUED"}]""", change.GetProperty("runs").ToString());
        Assert.True(Position(change) > after);
    }

    [Fact]
    public async Task A_machine_is_shown_and_again_when_something_happens_to_it()
    {
        var machine = await ground.MachineAsync("followed");
        using var socket = await AdaAsync();
        await socket.SubscribeAsync("subscription($id: ID!) { machine(id: $id) { machine { name state } } }",
            new { id = SchemaGround.IdOf(machine) });
        Assert.Equal("""{"machine":{"name":"followed","state":"HOST_KEY_UNCONFIRMED"}}""", (await socket.NextAsync()).ToString());
        await ground.HappenAsync<Machine>(machine.Value, new MachineRetired(machine));
        Assert.Equal("""{"machine":{"name":"followed","state":"RETIRED"}}""", (await socket.NextAsync()).ToString());
    }

    private Id<Project> Home => new(ground.Ada.User!.Value.Value);

    private Task<LiveSocket> AdaAsync() => LiveSocket.OfAsync(ground, ground.Ada);

    private Task EnterAsync(string id, Phase phase) =>
        ground.HappenAsync<Run>(SchemaGround.RunOf(id).Value, new PhaseEntered(SchemaGround.RunOf(id), phase));

    // The types of all events up to the end of the operation.
    private static async Task<List<string?>> TypesToTheEndAsync(LiveSocket socket)
    {
        var types = new List<string?>();
        while (true)
        {
            var message = await socket.HearAsync();
            if (message.GetProperty("type").GetString() == "complete") return types;
            types.AddRange(message.GetProperty("payload").GetProperty("data").GetProperty("run").GetProperty("events")
                .EnumerateArray().Select(Type));
        }
    }

    private static string? Type(JsonElement happened) => happened.GetProperty("type").GetString();

    private static string? PhaseOf(JsonElement change) => change.GetProperty("run").GetProperty("phase").GetString();

    private static long Position(JsonElement change) => change.GetProperty("position").GetInt64();
}
