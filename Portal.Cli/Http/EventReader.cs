using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Portal.Cli.Http;

/// <summary>An event that arrived.</summary>
public sealed record ArrivedEvent(string Type, string? Id, JsonElement Data);

/// <summary>Follows the events of a run until it is over, through lost connections and a restarted portal.</summary>
public static class EventReader
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>One stream, as it comes; the answer is disposed of at its end.</summary>
    public static async IAsyncEnumerable<ArrivedEvent> ReadAsync(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var whole = answer;
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancel))
            yield return new(item.EventType, item.EventId, JsonElement.Parse(item.Data));
    }

    /// <summary>The events of a run after a version; goes on after the last one seen when the connection is lost.</summary>
    public static async IAsyncEnumerable<ArrivedEvent> FollowAsync(PortalClient portal, string run, string after,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var pause = TimeSpan.FromMilliseconds(250);
        while (true)
        {
            var batch = await FirstAsync(portal, run, after, cancel);
            if (batch is not null)
            {
                await using (batch)
                {
                    while (await NextAsync(batch, cancel) is { } arrived)
                    {
                        pause = TimeSpan.FromMilliseconds(250);
                        after = arrived.Id ?? after;
                        yield return arrived;
                        if (arrived.Type is "run_succeeded" or "run_failed" or "run_cancelled") yield break;
                    }
                }
            }
            await Task.Delay(pause, cancel);
            pause = pause * 2 > LongestPause ? LongestPause : pause * 2;
        }
    }

    private static async Task<IAsyncEnumerator<ArrivedEvent>?> FirstAsync(PortalClient portal, string run, string after, CancellationToken cancel)
    {
        try
        {
            var answer = await portal.OpenAsync($"runs/{run}/events", cancel, "text/event-stream", lastEvent: after);
            return ReadAsync(answer, cancel).GetAsyncEnumerator(cancel);
        }
        catch (HttpRequestException)
        {
            // The portal is away for the moment; it is asked again.
            return null;
        }
    }

    private static async Task<ArrivedEvent?> NextAsync(IAsyncEnumerator<ArrivedEvent> events, CancellationToken cancel)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current : null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException && !cancel.IsCancellationRequested)
        {
            return null;
        }
    }
}
