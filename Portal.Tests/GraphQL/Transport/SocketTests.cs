using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Portal.GraphQL.Transport;

namespace Portal.Tests.GraphQL.Transport;

public sealed class SocketTests
{
    private const string Init = """{"type":"connection_init"}""";
    private const string Forever = """{"id":"1","type":"subscribe","payload":{"query":"subscription { forever }"}}""";
    private const string Hello = """{"id":"2","type":"subscribe","payload":{"query":"{ hello }"}}""";

    private static readonly TransportOptions Usual = new() { MaxBodyBytes = 1000, MaxOperations = 2 };

    public static TheoryData<string, int> Violations => new()
    {
        { "no json", 4400 },
        { "[]", 4400 },
        { "{}", 4400 },
        { """{"type":7}""", 4400 },
        { """{"type":"unknown"}""", 4400 },
        { """{"type":"connection_init","payload":"x"}""", 4400 },
        { Init + "|" + """{"type":"ping","payload":7}""", 4400 },
        { Init + "|" + """{"type":"complete"}""", 4400 },
        { Init + "|" + """{"type":"subscribe","payload":{"query":"{ hello }"}}""", 4400 },
        { Init + "|" + """{"id":"","type":"subscribe","payload":{"query":"{ hello }"}}""", 4400 },
        { Init + "|" + """{"id":"1","type":"subscribe"}""", 4400 },
        { Init + "|" + """{"id":"1","type":"subscribe","payload":{}}""", 4400 },
        { Init + "|" + """{"id":"1","type":"subscribe","payload":[]}""", 4400 },
        { Init + "|" + """{"id":"1","type":"subscribe","payload":{"query":7}}""", 4400 },
        { Hello, 4401 },
        { Init + "|" + Init, 4429 },
        { Init + "|" + Forever + "|" + Forever, 4409 },
        { new string(' ', 1001), 1009 },
    };

    [Theory, MemberData(nameof(Violations))]
    public async Task Who_breaks_the_protocol_is_told_how(string messages, int code)
    {
        await using var server = await TransportServer.StartAsync(Usual);
        using var socket = await server.OpenAsync();
        foreach (var message in messages.Split('|'))
        {
            await SayAsync(socket, message);
        }
        Assert.Equal(code, await EndAsync(socket));
    }

    [Fact]
    public async Task Binary_messages_are_refused()
    {
        await using var server = await TransportServer.StartAsync(Usual);
        using var socket = await server.OpenAsync();
        await socket.SendAsync(Encoding.UTF8.GetBytes(Init), WebSocketMessageType.Binary, true, Cancel);
        Assert.Equal(4400, await EndAsync(socket));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("graphql-ws")]
    public async Task Other_protocols_are_not_spoken(string? protocol)
    {
        await using var server = await TransportServer.StartAsync(Usual);
        try
        {
            using var socket = await server.OpenAsync(protocol);
            Assert.Equal(4406, await EndAsync(socket));
        }
        catch (WebSocketException) when (protocol is not null)
        {
            // .NET's client opens nothing where its protocol was not taken.
        }
    }

    [Fact]
    public async Task Pages_of_another_origin_open_nothing()
    {
        await using var server = await TransportServer.StartAsync(Usual);
        await Assert.ThrowsAsync<WebSocketException>(() => server.OpenAsync(origin: "https://other.example"));
        using var own = await server.OpenAsync(origin: server.Url.GetLeftPart(UriPartial.Authority));
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task Who_says_nothing_is_closed()
    {
        await using var server = await TransportServer.StartAsync(Usual with { ConnectLimit = TimeSpan.FromMilliseconds(50) });
        using var socket = await server.OpenAsync();
        Assert.Equal(4408, await EndAsync(socket));
    }

    [Fact]
    public async Task Who_is_not_welcome_is_closed()
    {
        await using var server = await TransportServer.StartAsync(Usual with
        {
            Connect = (_, payload, _) => new(payload.ValueKind == JsonValueKind.Object ? payload.GetRawText() : null),
        });
        using var refused = await server.OpenAsync();
        await SayAsync(refused, Init);
        Assert.Equal(4403, await EndAsync(refused));
        using var taken = await server.OpenAsync();
        await SayAsync(taken, """{"type":"connection_init","payload":{"a":1}}""");
        await SayAsync(taken, """{"id":"1","type":"subscribe","payload":{"query":"{ whoAmI }"}}""");
        Assert.Equal("""{"type":"connection_ack"}""", await HearAsync(taken));
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"whoAmI":"{\"a\":1}"}}}""", await HearAsync(taken));
        Assert.Equal("""{"id":"1","type":"complete"}""", await HearAsync(taken));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_may_not_stay_is_closed_in_between_or_before_an_event(bool inBetween)
    {
        var mayStay = inBetween;
        await using var server = await TransportServer.StartAsync(Usual with
        {
            MayStay = (_, _, _) => new(Volatile.Read(ref mayStay)),
            RecheckEvery = inBetween ? TimeSpan.FromMilliseconds(20) : TimeSpan.FromHours(1),
        });
        using var socket = await server.OpenAsync();
        await SayAsync(socket, Init);
        await SayAsync(socket, Forever);
        Assert.Equal("""{"type":"connection_ack"}""", await HearAsync(socket));
        if (inBetween)
        {
            Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"forever":1}}}""", await HearAsync(socket));
            Volatile.Write(ref mayStay, false);
        }
        Assert.Equal(4403, await EndAsync(socket));
    }

    [Fact]
    public async Task Pings_are_answered_and_too_many_operations_are_refused_one_by_one()
    {
        await using var server = await TransportServer.StartAsync(Usual);
        using var socket = await server.OpenAsync();
        await SayAsync(socket, """{"type":"ping"}""");
        Assert.Equal("""{"type":"pong"}""", await HearAsync(socket));
        await SayAsync(socket, """{"type":"ping","payload":{"a":1}}""");
        Assert.Equal("""{"type":"pong","payload":{"a":1}}""", await HearAsync(socket));
        await SayAsync(socket, Init);
        Assert.Equal("""{"type":"connection_ack"}""", await HearAsync(socket));
        foreach (var id in (string[])["1", "x"])
        {
            await SayAsync(socket, Forever.Replace("\"1\"", $"\"{id}\""));
            Assert.Equal($$$$"""{"id":"{{{{id}}}}","type":"next","payload":{"data":{"forever":1}}}""", await HearAsync(socket));
        }
        await SayAsync(socket, Hello);
        Assert.Contains(TransportCodes.TooManyOperations, await HearAsync(socket));
        await SayAsync(socket, """{"id":"x","type":"complete"}""");
        await SayAsync(socket, Hello);
        Assert.Equal("""{"id":"2","type":"next","payload":{"data":{"hello":"Hello world"}}}""", await HearAsync(socket));
    }

    [Fact]
    public async Task When_the_socket_goes_the_sources_are_closed()
    {
        await using var server = await TransportServer.StartAsync(Usual);
        var socket = await server.OpenAsync();
        await SayAsync(socket, Init);
        await SayAsync(socket, Forever);
        await HearAsync(socket);
        await HearAsync(socket);
        socket.Abort();
        socket.Dispose();
        await server.ClosedAsync();
    }

    [Fact]
    public async Task A_host_that_stops_says_that_it_goes_away()
    {
        await using var server = await TransportServer.StartAsync(Usual);
        using var socket = await server.OpenAsync();
        await SayAsync(socket, Init);
        await HearAsync(socket);
        var stopping = server.StopAsync();
        Assert.Equal(1001, await EndAsync(socket));
        await stopping;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Cancel);

    private static async Task<string> HearAsync(ClientWebSocket socket)
    {
        var bytes = new byte[4096];
        var got = await socket.ReceiveAsync(bytes, Cancel);
        Assert.Equal(WebSocketMessageType.Text, got.MessageType);
        return Encoding.UTF8.GetString(bytes, 0, got.Count);
    }

    // The code with which the server closes.
    private static async Task<int> EndAsync(ClientWebSocket socket)
    {
        var bytes = new byte[4096];
        while ((await socket.ReceiveAsync(bytes, Cancel)).MessageType != WebSocketMessageType.Close)
        {
        }
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);
        return (int)socket.CloseStatus!;
    }
}
