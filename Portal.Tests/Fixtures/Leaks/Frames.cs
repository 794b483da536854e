using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>What passes between a browser and portals over WebSockets: what circuits draw and are told, and subscriptions. A HTTP archive
/// has none of it.</summary>
public sealed class Frames
{
    private readonly ConcurrentQueue<Exchange> all = [];

    /// <summary>Begins to record all pages of a browser's window.</summary>
    public Frames(IBrowserContext context) => context.Page += (_, page) => page.WebSocket += (_, socket) =>
    {
        socket.FrameSent += (_, frame) => all.Enqueue(Of(socket.Url) with { Body = Text(frame) });
        socket.FrameReceived += (_, frame) => all.Enqueue(Of(socket.Url) with { Answer = Text(frame) });
    };

    /// <summary>Each frame with a portal at an address: one that the browser sent is a request without an answer, one that it received an
    /// answer without a request.</summary>
    public IEnumerable<Exchange> With(string address) =>
        all.Where(frame => new Uri(frame.Url).Authority == new Uri(address).Authority);

    // The address of a circuit has its connection's id in its query, which is a secret of nobody's but its own.
    private static Exchange Of(string url) => new("WebSocket", url.Split('?')[0], [], "", 101, [], "");

    private static string Text(IWebSocketFrame frame) => frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []);
}
