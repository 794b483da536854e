using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Portal.Tests.Rest;

/// <summary>An event that arrived.</summary>
public sealed record ArrivedEvent(string Type, string? Id, JsonElement Data);

/// <summary>Reads server-sent events.</summary>
public static class EventReader
{
    /// <summary>One stream, as it comes.</summary>
    public static async IAsyncEnumerable<ArrivedEvent> ReadAsync(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancel))
            yield return new(item.EventType, item.EventId, JsonElement.Parse(item.Data));
    }
}
