using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>What passes between a browser and portals over WebSockets: what circuits draw and are told, and subscriptions. A HTTP archive
/// has none of it.</summary>
public sealed partial class Frames
{
    private readonly ConcurrentQueue<Exchange> all = [];

    /// <summary>Begins to record all pages of a browser's window.</summary>
    public Frames(IBrowserContext context) => context.Page += (_, page) => page.WebSocket += (_, socket) =>
    {
        socket.FrameSent += (_, frame) => all.Enqueue(Of(socket.Url) with { Body = Text(frame) });
        socket.FrameReceived += (_, frame) => all.Enqueue(Of(socket.Url) with { Answer = Text(frame) });
    };

    /// <summary>Each frame with a portal at an address: one that the browser sent is a request without an answer, one that it received an
    /// answer without a request. A circuit draws again what its window has: of what a window received, what it had sent as a field's
    /// value is left out, and what the portal made and had shown there.</summary>
    public IEnumerable<Exchange> With(string address)
    {
        var had = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in all.Where(frame => new Uri(frame.Url).Authority == new Uri(address).Authority))
        {
            foreach (Match field in Typed().Matches(frame.Body)) had.Add(JsonSerializer.Deserialize<string>(field.Groups[1].Value)!);
            yield return had.Aggregate(frame, (left, value) => left with { Answer = left.Answer.Replace(value, "", StringComparison.Ordinal) });
            foreach (Match made in Exchange.Made().Matches(frame.Answer)) had.Add(made.Value);
        }
    }

    // The address of a circuit has its connection's id in its query, which is a secret of nobody's but its own.
    private static Exchange Of(string url) => new("WebSocket", url.Split('?')[0], [], "", 101, [], "");

    // The event of a field that was changed, as a circuit is told of it.
    [GeneratedRegex("""\{"value":("(?:[^"\\]|\\.){10,}")\}""")]
    private static partial Regex Typed();

    private static string Text(IWebSocketFrame frame) => frame.Text ?? Encoding.UTF8.GetString(frame.Binary ?? []);
}
