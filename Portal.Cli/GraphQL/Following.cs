using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Portal.Cli.GraphQL;

/// <summary>Follows a subscription (graphql-sse, "Distinct connections mode") through lost connections and a restarted
/// portal.</summary>
public static class Following
{
    // What heals by itself: the source of the subscription, and not the question, was at fault.
    private const string SourceFailed = "SUBSCRIPTION_FAILED";

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>What comes, until the portal says that nothing will follow, and that is so. When the connection is lost it is
    /// asked again, with the place after what came last.</summary>
    /// <param name="portal">The portal.</param>
    /// <param name="operation">A subscription.</param>
    /// <param name="variables">Its variables, from what came last; null at first.</param>
    /// <param name="isLast">Whether nothing needs to follow.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RefusedException">The portal refused.</exception>
    /// <exception cref="HttpRequestException">It never answered.</exception>
    public static async IAsyncEnumerable<T> FollowAsync<T>(this PortalClient portal, Operation operation,
        Func<T?, object> variables, Func<T, bool> isLast, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        T? last = null;
        var answered = false;
        for (var pause = Shortest; ; pause = pause * 2 > Longest ? Longest : pause * 2)
        {
            await using var connection = ReadAsync<T>(portal, operation, variables(last), () => answered = true, cancel)
                .GetAsyncEnumerator(cancel);
            bool? more;
            while ((more = await NextAsync(connection, () => answered, cancel)) is true)
            {
                (last, pause) = (connection.Current, Shortest);
                yield return last;
            }
            if (more is false && last is not null && isLast(last)) yield break;
            await Task.Delay(pause, cancel);
        }
    }

    private static async IAsyncEnumerable<T> ReadAsync<T>(PortalClient portal, Operation operation, object variables,
        Action onAnswer, [EnumeratorCancellation] CancellationToken cancel)
        where T : class
    {
        using var answer = await portal.OpenAsync(operation, variables, "text/event-stream", cancel);
        onAnswer();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancel))
        {
            if (item.EventType != "next") yield break;
            using var body = JsonDocument.Parse(item.Data);
            yield return PortalClient.Read<T>(body.RootElement);
        }
        throw new IOException("The portal broke off.");
    }

    // False when the portal said that nothing will follow, null when the connection was lost. A portal that never answered is not
    // waited for.
    private static async Task<bool?> NextAsync<T>(IAsyncEnumerator<T> connection, Func<bool> answered, CancellationToken cancel)
    {
        try
        {
            return await connection.MoveNextAsync();
        }
        catch (Exception error) when (answered() && !cancel.IsCancellationRequested
            && error is HttpRequestException or IOException or RefusedException { Code: SourceFailed })
        {
            return null;
        }
    }
}
