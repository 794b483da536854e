using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Transport;

/// <summary>What others' programs find: the audit of graphql-http, the clients graphql-ws and graphql-sse.</summary>
public sealed class NpmTests(NpmClients clients) : IClassFixture<NpmClients>, IAsyncLifetime
{
    private TransportServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TransportServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_audit_of_graphql_http_finds_that_every_MUST_and_SHOULD_and_MAY_is_kept()
    {
        Assert.NotNull(clients);
        var lines = await NpmClients.RunAsync("node", "audit.js", _server.Url.ToString());

        Assert.Equal([], lines.Where(line => !line.StartsWith("ok\t", StringComparison.Ordinal)));
        Assert.True(lines.Length > 50, $"The audit asked {lines.Length} questions only.");
    }

    [Fact]
    public async Task What_GraphiQL_asks_of_a_schema_makes_the_same_schema_again()
    {
        var lines = await NpmClients.RunAsync("node", "introspect.js", _server.Url.ToString());

        Assert.Equal(
            SchemaPrinter.Print(TransportServer.Schema, sorted: true).Split('\n', StringSplitOptions.RemoveEmptyEntries), lines);
    }

    [Fact]
    public async Task The_clients_graphql_ws_and_graphql_sse_get_all_answers()
    {
        const string Refused = "Cannot query field \\\"nothing\\\" on type \\\"Query\\\".";
        const string Failed = "The subscription ended, as its source failed.";
        const string Note = """{"data":{"note":{"text":"x"}}}""";
        const string Counted = """[{"data":{"count":1}},{"data":{"count":2}},{"data":{"count":3}}]""";

        var lines = await NpmClients.RunAsync("node", "clients.js", _server.Url.ToString());

        Assert.Equal(
        [
            """["ws",[{"data":{"hello":"Hello world"}}]]""",
            $"""["ws",[{Note}]]""",
            $"""["ws",{Counted}]""",
            $$"""["ws",[{"refused":["{{Refused}}"]}]]""",
            $$$"""["ws",[{"data":{"broken":1}},{"refused":["{{{Failed}}}"]}]]""",
            $"""["ws",[{Counted},{Counted}]]""",
            """["ws",{"data":{"forever":1}}]""",
            """["sse",[{"data":{"hello":"Hello world"}}]]""",
            $"""["sse",[{Note}]]""",
            $"""["sse",{Counted}]""",
            $$$"""["sse",[{"errors":[{"message":"{{{Refused}}}","locations":[{"line":1,"column":3}],"extensions":{"code":"VALIDATION_FAILED"}}]}]]""",
            $$$"""["sse",[{"data":{"broken":1}},{"errors":[{"message":"{{{Failed}}}","extensions":{"code":"SUBSCRIPTION_FAILED"}}]}]]""",
            """["sse",{"data":{"forever":1}}]""",
        ], lines);
    }
}
