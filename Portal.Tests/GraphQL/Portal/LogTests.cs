using System.Text;
using System.Text.Json;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;

namespace Portal.Tests.GraphQL.PortalSchemas;

public sealed class LogTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Read = """
        query($run: ID!, $offset: Long!, $limit: Int!) {
            log(run: $run, step: "a", offset: $offset, limit: $limit) { text nextOffset size } }
        """;

    private const string Follow =
        "subscription($run: ID!, $offset: Long!) { log(run: $run, step: \"a\", offset: $offset) { text nextOffset complete } }";

    private static readonly byte[] Text = Encoding.UTF8.GetBytes("grün\nweiß\n");

    [Fact]
    public async Task A_log_is_read_by_parts_and_no_character_is_torn()
    {
        var name = await LogAsync();
        await AddAsync(name, 0, Text, complete: false);
        // The ß is two bytes, of which the first is the last one wanted.
        Assert.Equal(("grün\nwei", 9, 12), await ReadAsync(name, 0, 10));
        Assert.Equal(("ß\n", 12, 12), await ReadAsync(name, 9, 10));
        Assert.Equal(("", 12, 12), await ReadAsync(name, 12, 10));
    }

    [Fact]
    public async Task A_log_is_followed_until_it_is_complete_and_goes_on_at_an_offset()
    {
        var name = await LogAsync();
        await AddAsync(name, 0, Text[..3], complete: false);
        using var socket = await LiveSocket.OfAsync(ground, ground.Ada);
        var run = SchemaGround.IdOf(name.Run);
        await socket.SubscribeAsync(Follow, new { run, offset = 0 });
        Assert.Equal("""{"text":"gr","nextOffset":2,"complete":false}""", (await socket.NextAsync()).ToString());
        await AddAsync(name, 3, Text[3..], complete: true);
        var rest = await socket.NextAsync();
        Assert.Equal(("ün\nweiß\n", 12), (rest.GetProperty("text").GetString(), rest.GetProperty("nextOffset").GetInt32()));
        await socket.CompleteAsync();
        await socket.SubscribeAsync(Follow, new { run, offset = 6 });
        Assert.Equal("weiß\n", (await socket.NextAsync()).GetProperty("text").GetString());
        await socket.CompleteAsync();
        await socket.SubscribeAsync(Follow.Replace("\"a\"", "\"b\""), new { run, offset = 0 });
        Assert.Equal("NOT_FOUND", await socket.ErrorAsync());
    }

    [Fact]
    public async Task Of_a_step_with_an_array_a_task_is_named_and_of_another_none()
    {
        const string Query = """
            query($run: ID!, $step: String!, $task: Int) { log(run: $run, step: $step, task: $task) { text } }
            """;
        var description = SchemaGround.Description.Replace(
            "\"true\" }", "\"true\", resources: { array: 1-3 } }\n  - { id: b, command: \"true\" }", StringComparison.Ordinal);
        var submitted = await ground.DataAsync(ground.Ada,
            "mutation($input: SubmitRunInput!) { submitRun(input: $input) { run { id } errors { ... on Refusal { message } } } }",
            new { input = new { machine = SchemaGround.IdOf(ground.Machine), description, securityToken = ground.Token } });
        var run = submitted.GetProperty("submitRun").GetProperty("run").GetProperty("id").GetString()!;
        await AddAsync(new(SchemaGround.RunOf(run), "a", 1, 2, "stdout"), 0, Text, complete: false);

        var refused = (await ground.AskAsync(ground.Ada, Query, new { run, step = "a" })).GetProperty("errors")[0];
        Assert.Equal(("TASK_NEEDED", "task", "Say which task is meant, of 1-3."), (Told(refused, "code"), Told(refused, "field"),
            Told(refused, "advice")));
        using var socket = await LiveSocket.OfAsync(ground, ground.Ada);
        await socket.SubscribeAsync(Follow, new { run, offset = 0 });
        Assert.Equal("TASK_NEEDED", await socket.ErrorAsync());
        var log = await ground.DataAsync(ground.Ada, Query, new { run, step = "a", task = 2 });
        Assert.Equal("grün\nweiß\n", log.GetProperty("log").GetProperty("text").GetString());
        foreach (var nothing in new[] { new { run, step = "a", task = 4 }, new { run, step = "b", task = 1 } })
            Assert.Equal("""{"log":null}""", (await ground.DataAsync(ground.Ada, Query, nothing)).ToString());
    }

    private static string? Told(JsonElement error, string name) =>
        error.GetProperty("extensions").GetProperty(name).GetString();

    private async Task<LogName> LogAsync() => new(SchemaGround.RunOf((await ground.RunAsync()).Run), "a", 1, null, "stdout");

    private Task AddAsync(LogName name, long at, byte[] bytes, bool complete) =>
        ground.Get<LogStore>().AddAsync(name, at, bytes, complete, TestContext.Current.CancellationToken);

    private async Task<(string? Text, int NextOffset, int Size)> ReadAsync(LogName name, long offset, int limit)
    {
        var run = SchemaGround.IdOf(name.Run);
        var log = (await ground.DataAsync(ground.Ada, Read, new { run, offset, limit })).GetProperty("log");
        return (log.GetProperty("text").GetString(),
            log.GetProperty("nextOffset").GetInt32(), log.GetProperty("size").GetInt32());
    }
}
