using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Tests.Access;

/// <summary>Every place of GraphQL's WebSocket where somebody can put a string: what a connection begins with, and what is asked
/// on it.</summary>
internal static class HostileSocket
{
    private const string Query = "{ __typename }";

    /// <summary>All of them.</summary>
    public static IEnumerable<HostileInput> All { get; } =
    [
        Of("connection_init authorization", (_, hostile) => [Init($"Bearer {hostile}")]),
        Of("connection_init payload", (_, hostile) => [new JsonObject { ["type"] = "connection_init", ["payload"] = hostile }]),
        Of("connection_init more", (at, hostile) => [Init($"Bearer {at.Token}", hostile), Ask("1", Query)]),
        Of("type", (at, hostile) => [Init($"Bearer {at.Token}"), new JsonObject { ["type"] = hostile, ["id"] = "1" }]),
        Of("subscribe id", (at, hostile) => [Init($"Bearer {at.Token}"), Ask(hostile, Query)]),
        Of("subscribe query", (at, hostile) => [Init($"Bearer {at.Token}"), Ask("1", hostile)]),
        Of("subscribe variable", (at, hostile) =>
            [Init($"Bearer {at.Token}"), Ask("1", "subscription($it: ID!) { run(id: $it) { __typename } }",
                new() { ["it"] = hostile })]),
        Of("the message", (_, hostile) => [JsonValue.Create(hostile)]),
    ];

    private static HostileInput Of(string name, Func<HostileGround, string, JsonNode[]> say) => new($"socket {name}", async (at,
        hostile, cancel) =>
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new UriBuilder(new Uri(at.Program.BaseAddress!, "/graphql")) { Scheme = "ws" }.Uri, cancel);
        var (messages, heard) = (say(at, hostile), "");
        foreach (var message in messages)
        {
            if (socket.State != WebSocketState.Open) break;
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancel);
            heard = await HearAsync(socket, cancel);
        }
        var closed = socket.CloseStatus is { } status ? (int)status : 0;
        // 1011: an internal error. RFC 6455, section 7.4.1.
        return new(closed == 1011 || heard.Contains("\"INTERNAL\"", StringComparison.Ordinal) ? $"{closed} {heard}" : null,
            closed != 0 || heard.Contains("\"error\"", StringComparison.Ordinal));
    });

    private static JsonObject Init(string authorization, string? more = null) => new()
    {
        ["type"] = "connection_init", ["payload"] = new JsonObject { ["authorization"] = authorization, ["more"] = more },
    };

    private static JsonObject Ask(string id, string query, JsonObject? variables = null) => new()
    {
        ["type"] = "subscribe", ["id"] = id, ["payload"] = new JsonObject { ["query"] = query, ["variables"] = variables },
    };

    private static async Task<string> HearAsync(ClientWebSocket socket, CancellationToken cancel)
    {
        var (text, buffer) = (new MemoryStream(), new byte[4096]);
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, cancel);
            text.Write(buffer, 0, got.Count);
            if (got.EndOfMessage || got.MessageType == WebSocketMessageType.Close) return System.Text.Encoding.UTF8.GetString(text.ToArray());
        }
    }
}
