using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>What a subscription follows breaks: its follower is told little, the portal's log everything.</summary>
public sealed class SourceFaultTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Follow = "subscription($run: ID!) { log(run: $run, step: \"a\") { text } }";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_nobody_expected_is_in_the_log_under_the_id_that_the_follower_is_told()
    {
        using var lines = new LoggedLines();
        ground.Get<ILoggerFactory>().AddProvider(lines);
        var (_, run) = await ground.RunAsync();
        await using var database = NpgsqlDataSource.Create(ground.Portal.Database);
        await using (var broken = database.CreateCommand("alter schema portal_logs rename to somewhere_else"))
            await broken.ExecuteNonQueryAsync(Cancel);
        foreach (var error in new[] { await BySocketAsync(run), await ByEventStreamAsync(run) })
        {
            Assert.DoesNotContain("portal_logs", error.ToString());
            var extensions = error.GetProperty("extensions");
            Assert.Equal("SUBSCRIPTION_FAILED", extensions.GetProperty("code").GetString());
            var id = extensions.GetProperty("correlationId").GetString()!;
            var (level, text, fault) = Assert.Single(lines.All, line => line.Text.Contains(id, StringComparison.Ordinal));
            Assert.Equal(LogLevel.Error, level);
            Assert.Equal("42P01", Assert.IsType<PostgresException>(fault).SqlState);
            Assert.Contains("subscription", text, StringComparison.Ordinal);
        }
    }

    private async Task<JsonElement> BySocketAsync(string run)
    {
        using var socket = await LiveSocket.OfAsync(ground, ground.Ada);
        await socket.SubscribeAsync(Follow, new { run });
        return (await socket.HearAsync()).GetProperty("payload")[0];
    }

    private async Task<JsonElement> ByEventStreamAsync(string run)
    {
        using var client = new HttpClient { BaseAddress = ground.Portal.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await ground.AccessTokenAsync(ground.Ada)).Text);
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var answer = await client.PostAsJsonAsync("graphql", new { query = Follow, variables = new { run } }, Cancel);
        var data = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n').First(line => line.StartsWith("data: {"));
        return JsonElement.Parse(data["data: ".Length..]).GetProperty("errors")[0];
    }
}
