using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Portal.Benchmarks.GraphQL.Following;

/// <summary>What is followed.</summary>
/// <param name="Address">The portal's.</param>
/// <param name="Token">A personal token.</param>
/// <param name="Run">The run's id in GraphQL.</param>
/// <param name="After">The position after which it begins; null for now.</param>
public sealed record Followed(Uri Address, string Token, string Run, long? After = null);

/// <summary>One who follows a run by graphql-transport-ws.</summary>
public sealed class Follower : IDisposable
{
    private const string Query = """
        subscription Follow($run: ID!, $after: Long) {
          run(id: $run, after: $after) { position run { phase } events { position type time } }
        }
        """;

    private readonly ClientWebSocket socket = new();
    private byte[] buffer = new byte[4096];

    private Follower() => socket.Options.AddSubProtocol("graphql-transport-ws");

    /// <summary>Connects and subscribes.</summary>
    public static async Task<Follower> OpenAsync(Followed followed, CancellationToken cancel)
    {
        var follower = new Follower();
        await follower.socket.ConnectAsync(new UriBuilder(followed.Address) { Scheme = "ws", Path = "/graphql" }.Uri, cancel);
        await follower.SendAsync(
            new { type = "connection_init", payload = new { Authorization = $"Bearer {followed.Token}" } }, cancel);
        using (var answer = await follower.ReadAsync(cancel)) Expect("connection_ack", answer);
        await follower.SendAsync(new
        {
            id = "1", type = "subscribe",
            payload = new { query = Query, variables = new { run = followed.Run, after = followed.After } },
        }, cancel);
        return follower;
    }

    /// <summary>Waits for the run as it is now, which comes first when it is followed from now on.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        using var first = await ReadAsync(cancel);
        Expect("next", first);
    }

    /// <summary>The positions of so many events, and when each was there, as of <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public async Task<List<(long Position, long At)>> TakeAsync(int count, CancellationToken cancel)
    {
        var taken = new List<(long, long)>(count);
        while (taken.Count < count)
        {
            using var message = await ReadAsync(cancel);
            var at = Stopwatch.GetTimestamp();
            Expect("next", message);
            taken.AddRange(message.RootElement.GetProperty("payload").GetProperty("data").GetProperty("run").GetProperty("events")
                .EnumerateArray().Select(recorded => (recorded.GetProperty("position").GetInt64(), at)));
        }
        return taken;
    }

    private async Task SendAsync(object message, CancellationToken cancel) => await socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, cancel);

    private async Task<JsonDocument> ReadAsync(CancellationToken cancel)
    {
        for (var length = 0; ;)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(length), cancel);
            if (got.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"Closed with {socket.CloseStatus}: {socket.CloseStatusDescription}");
            length += got.Count;
            if (got.EndOfMessage) return JsonDocument.Parse(buffer.AsMemory(0, length));
            if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
        }
    }

    private static void Expect(string type, JsonDocument message)
    {
        if (message.RootElement.GetProperty("type").GetString() != type)
            throw new InvalidOperationException($"Expected {type}: {message.RootElement.GetRawText()}");
    }

    /// <summary>Leaves.</summary>
    public void Dispose() => socket.Dispose();
}
