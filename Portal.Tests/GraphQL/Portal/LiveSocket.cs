using System.Net.WebSockets;
using System.Text.Json;
using Portal.Domain.Common;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>A client that speaks graphql-transport-ws to a portal.</summary>
internal sealed class LiveSocket : IDisposable
{
    private readonly ClientWebSocket socket = new();
    private int last;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Opens one, with headers if so wished.</summary>
    public static async Task<LiveSocket> OpenAsync(Uri portal, params (string Name, string Value)[] headers)
    {
        var live = new LiveSocket();
        live.socket.Options.AddSubProtocol("graphql-transport-ws");
        foreach (var (name, value) in headers) live.socket.Options.SetRequestHeader(name, value);
        await live.socket.ConnectAsync(new UriBuilder(new Uri(portal, "graphql")) { Scheme = "ws" }.Uri, Cancel);
        return live;
    }

    /// <summary>Opens one as a browser must: the token comes with the first message.</summary>
    public static async Task<LiveSocket> WithTokenAsync(Uri portal, string token)
    {
        var live = await OpenAsync(portal);
        await live.SayAsync(new { type = "connection_init", payload = new { authorization = $"Bearer {token}" } });
        Assert.Equal("connection_ack", Type(await live.HearAsync()));
        return live;
    }

    /// <summary>Opens one as somebody, with a token made for it.</summary>
    public static async Task<LiveSocket> OfAsync(SchemaGround ground, Caller caller) =>
        await WithTokenAsync(ground.Portal.Address, (await ground.AccessTokenAsync(caller)).Text);

    public Task SayAsync(object message) => socket.SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, Cancel);

    /// <summary>Subscribes; the id of the operation.</summary>
    public async Task<string> SubscribeAsync(string query, object? variables = null)
    {
        var id = $"{++last}";
        await SayAsync(new { id, type = "subscribe", payload = new { query, variables } });
        return id;
    }

    /// <summary>The next message.</summary>
    public async Task<JsonElement> HearAsync() =>
        await ReadAsync() ?? throw new InvalidOperationException($"Closed: {socket.CloseStatus} {socket.CloseStatusDescription}");

    /// <summary>The data of the next event, of its only field.</summary>
    public async Task<JsonElement> NextAsync()
    {
        var message = await HearAsync();
        var payload = message.GetProperty("payload");
        Assert.True(Type(message) == "next" && !payload.TryGetProperty("errors", out _), message.ToString());
        return payload.GetProperty("data").EnumerateObject().Single().Value;
    }

    /// <summary>The code of the error that comes next.</summary>
    public async Task<string?> ErrorAsync()
    {
        var message = await HearAsync();
        Assert.True(Type(message) == "error", message.ToString());
        return message.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString();
    }

    public async Task CompleteAsync() => Assert.Equal("complete", Type(await HearAsync()));

    /// <summary>Reads until it is closed: by which code, and why.</summary>
    public async Task<(int Code, string? Why)> EndAsync()
    {
        while (await ReadAsync() is not null)
        {
        }
        return ((int)socket.CloseStatus!, socket.CloseStatusDescription);
    }

    public void Dispose() => socket.Dispose();

    private static string? Type(JsonElement message) => message.GetProperty("type").GetString();

    // Null when it is closed; the other side learns that this was understood.
    private async Task<JsonElement?> ReadAsync()
    {
        var (buffer, length) = (new byte[4096], 0);
        while (true)
        {
            if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
            var got = await socket.ReceiveAsync(buffer.AsMemory(length), Cancel);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
                return null;
            }
            length += got.Count;
            if (got.EndOfMessage) return JsonElement.Parse(buffer.AsSpan(0, length));
        }
    }
}
