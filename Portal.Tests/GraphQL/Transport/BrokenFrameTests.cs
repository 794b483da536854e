using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Portal.Tests.GraphQL.Transport;

/// <summary>What no client of a library would send: frames made by hand. RFC 6455, section 5.2.</summary>
public sealed class BrokenFrameTests
{
    // More than what lies in buffers on the way: it cannot be sent to a server that has stopped reading.
    private const int BytesAfterwards = 16 * 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("F1 80 00000000", 1002)]
    [InlineData("83 80 00000000", 1002)]
    [InlineData("81 01 61", 1002)]
    [InlineData("80 80 00000000", 1002)]
    [InlineData("09 80 00000000", 1002)]
    [InlineData("88 81 00000000 03", 1002)]
    [InlineData("81 82 00000000 C328", 1007)]
    [InlineData("01 81 00000000 C3 80 81 00000000 28", 1007)]
    public async Task Whoever_sends_broken_frames_is_told_why_though_more_is_under_way(string frames, int code)
    {
        await using var server = await TransportServer.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(server.Url.Host, server.Url.Port, Cancel);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /graphql HTTP/1.1\r\nHost: {server.Url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"), Cancel);
        await HeadersAsync(stream);

        await stream.WriteAsync(Convert.FromHexString(frames.Replace(" ", "", StringComparison.Ordinal)), Cancel);
        await stream.WriteAsync(new byte[BytesAfterwards], Cancel);

        var close = new byte[4];
        await stream.ReadExactlyAsync(close, Cancel);
        Assert.Equal((0x88, code), (close[0], BinaryPrimitives.ReadUInt16BigEndian(close.AsSpan(2))));
    }

    private static async Task HeadersAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, Cancel);
            text.Append((char)one[0]);
        }
        Assert.StartsWith("HTTP/1.1 101", text.ToString());
    }
}
