using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Reads new events once for all who follow. Without followers it reads nothing.</summary>
internal sealed class EventTail(NpgsqlDataSource source, EventTypes types, Wake wake, Retrying retrying, ILogger log) : IEventTail
{
    private const int PageSize = 500;

    // Where many are written they are read together; nobody waits for longer than that.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);

    private readonly Lock gate = new();
    private readonly Wake subscribed = new();
    private readonly List<Subscription> arriving = [];
    private readonly List<Subscription> active = [];
    private EventOrder? head;
    private bool ended;

    public async IAsyncEnumerable<IReadOnlyList<Recorded>> FollowAsync(
        long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var seen = await retrying.RunAsync(token => after is { } position
            ? EventReader.PlaceAsync(source, position, token)
            : EventReader.LastAsync(source, token), cancel);
        while (!ended)
        {
            var subscription = Subscribe();
            try
            {
                var joined = await subscription.Joined.WaitAsync(cancel);
                while (seen < joined)
                {
                    var from = seen;
                    var page = await retrying.RunAsync(token => PageAsync(from, token), cancel);
                    if (page.Events.Count == 0)
                        break;
                    seen = page.Events[^1].Order;
                    yield return page.Events.ConvertAll(placed => placed.Event);
                }
                await foreach (var batch in subscription.Batches.ReadAllAsync(cancel))
                {
                    // What was read from the table beyond the place of joining comes here again.
                    var from = seen;
                    var fresh = batch.Where(placed => placed.Order > from).Select(placed => placed.Event).ToList();
                    if (fresh.Count == 0)
                        continue;
                    seen = batch[^1].Order;
                    yield return fresh;
                }
            }
            finally
            {
                Unsubscribe(subscription);
            }
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var looked = 0L;
        for (var unsettled = 0; !cancel.IsCancellationRequested;)
        {
            await Wake.GatherAsync(looked, Gathering, CancellationToken.None);
            // Without followers events wake nobody.
            var (arrival, next) = (subscribed.Next, HasFollowers() ? wake.Next : null);
            try
            {
                unsettled = await ReadAsync(cancel) ? unsettled + 1 : 0;
                looked = Stopwatch.GetTimestamp();
                await Wake.WaitAsync(next ?? arrival, unsettled, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                log.LogWarning(error, "New events cannot be read; trying again.");
                await Task.WhenAny(next ?? arrival, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None));
            }
        }
        End();
    }

    /// <summary>Reads and publishes what is new; true when more is there that is not settled.</summary>
    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        if (!HasFollowers())
        {
            head = null;
            return false;
        }
        head ??= await EventReader.LastAsync(source, cancel);
        Admit(head.Value);
        while (true)
        {
            var (events, unsettled) = await PageAsync(head.Value, cancel);
            if (events.Count > 0)
            {
                head = events[^1].Order;
                Publish(events);
            }
            if (events.Count < PageSize)
                return unsettled;
        }
    }

    // A body that does not fit its class is passed through as unknown: it must not silence everything behind it.
    private Task<EventPage> PageAsync(EventOrder after, CancellationToken cancel) =>
        EventReader.BehindAsync(source, types, after, PageSize, cancel, wanted: _ => false);

    private Subscription Subscribe()
    {
        var subscription = new Subscription();
        lock (gate)
        {
            if (ended)
                subscription.End();
            else
                arriving.Add(subscription);
        }
        subscribed.Pulse();
        wake.Pulse();
        return subscription;
    }

    private void Unsubscribe(Subscription subscription)
    {
        lock (gate)
            if (!active.Remove(subscription))
                arriving.Remove(subscription);
    }

    private bool HasFollowers()
    {
        lock (gate)
            return arriving.Count + active.Count > 0;
    }

    private void Admit(EventOrder at)
    {
        lock (gate)
        {
            foreach (var subscription in arriving)
                subscription.Join(at);
            active.AddRange(arriving);
            arriving.Clear();
        }
    }

    private void Publish(List<Placed> page)
    {
        lock (gate)
            active.RemoveAll(subscription => !subscription.Offer(page));
    }

    private void End()
    {
        lock (gate)
        {
            ended = true;
            foreach (var subscription in active.Concat(arriving))
                subscription.End();
        }
    }
}
