using System.Net.Http.Headers;
using System.Net.Http.Json;
using Portal.Domain.Runs;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>A portal that goes and comes back.</summary>
public sealed class RestartTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Events =
        "subscription($run: ID!, $after: Long!) { events(where: {run: $run}, after: $after) { position version } }";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_follows_is_told_that_it_goes_and_afterwards_misses_and_repeats_nothing()
    {
        var (_, run) = await ground.RunAsync();
        var token = (await ground.AccessTokenAsync(ground.Ada)).Text;
        var (seen, after) = (new List<long>(), 0L);
        using (var socket = await LiveSocket.WithTokenAsync(ground.Portal.Address, token))
        {
            await socket.SubscribeAsync(Events, new { run, after });
            await ReadAsync(socket, 2);
            await EnterAsync(run);
            var restarted = ground.Portal.RestartAsync(Cancel);
            Assert.Equal(1001, (await socket.EndAsync()).Code);
            await restarted;
        }
        await EnterAsync(run);
        using var again = await LiveSocket.WithTokenAsync(ground.Portal.Address, token);
        await again.SubscribeAsync(Events, new { run, after });
        await EnterAsync(run);
        var version = (await ground.DataAsync(ground.Ada, "query($id: ID!) { run(id: $id) { version } }", new { id = run }))
            .GetProperty("run").GetProperty("version").GetInt32();
        await ReadAsync(again, version - 2);
        Assert.Equal(Enumerable.Range(1, version).Select(number => (long)number), seen);

        async Task ReadAsync(LiveSocket socket, int count)
        {
            for (var i = 0; i < count; i++)
            {
                var happened = await socket.NextAsync();
                seen.Add(happened.GetProperty("version").GetInt64());
                after = happened.GetProperty("position").GetInt64();
            }
        }
    }

    [Fact]
    public async Task The_schema_is_told_only_where_that_is_configured()
    {
        const string Query = "{ __schema { queryType { name } } }";
        await ground.Portal.RestartAsync(Cancel, "--Portal:GraphQL:Introspection=false");
        Assert.Contains("INTROSPECTION_DISABLED", await AnswerAsync(Query));
        await ground.Portal.RestartAsync(Cancel);
        Assert.Contains("\"name\":\"Query\"", await AnswerAsync(Query));
    }

    private async Task<string> AnswerAsync(string query)
    {
        using var client = new HttpClient { BaseAddress = ground.Portal.Address };
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", (await ground.AccessTokenAsync(ground.Ada)).Text);
        using var answer = await client.PostAsJsonAsync("graphql", new { query }, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private Task EnterAsync(string run) => ground.HappenAsync<Run>(
        SchemaGround.RunOf(run).Value, new PhaseEntered(SchemaGround.RunOf(run), Phase.FetchingInputs));
}
