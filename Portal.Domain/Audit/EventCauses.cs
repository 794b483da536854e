using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>An event among all that one request led to.</summary>
/// <param name="Event">The event.</param>
/// <param name="Parent">Position of the one that led to it; null for what began it.</param>
/// <param name="Depth">How many stand above it.</param>
public sealed record CausedEvent(Recorded Event, long? Parent, int Depth);

/// <summary>What one request led to, as a tree: each behind what led to it.</summary>
/// <param name="Events">The events, from the first downwards.</param>
/// <param name="More">Whether it led to more than is shown.</param>
public sealed record EventTree(IReadOnlyList<CausedEvent> Events, bool More)
{
    /// <summary>The tree of some events. Above an event stands the one that its causation names; where that is not among them, the first
    /// of the same request.</summary>
    /// <param name="events">The events, in the order of all events.</param>
    /// <param name="more">Whether there are more.</param>
    public static EventTree Of(IReadOnlyList<Recorded> events, bool more)
    {
        var seen = new Dictionary<Guid, Recorded>();
        var first = new Dictionary<Guid, Recorded>();
        var below = new List<(Recorded Event, Recorded? Parent)>();
        foreach (var recorded in events)
        {
            // Only what came before can have led to it: so nothing stands above itself.
            var parent = recorded.Metadata.CausationId is { } cause && seen.TryGetValue(cause, out var named) ? named
                : first.GetValueOrDefault(recorded.Metadata.CorrelationId);
            first.TryAdd(recorded.Metadata.CorrelationId, recorded);
            seen.TryAdd(recorded.Id, recorded);
            below.Add((recorded, parent));
        }
        var children = below.ToLookup(one => one.Parent?.Position, one => one.Event);
        var shown = new List<CausedEvent>();
        var waiting = new Stack<CausedEvent>(children[null].Reverse().Select(root => new CausedEvent(root, null, 0)));
        while (waiting.TryPop(out var next))
        {
            shown.Add(next);
            foreach (var child in children[next.Event.Position].Reverse())
                waiting.Push(new(child, next.Event.Position, next.Depth + 1));
        }
        return new(shown, more);
    }
}

/// <summary>Shows one event, and what led to it and what it led to.</summary>
public sealed class EventCausesHandler(SearchEventsHandler events)
{
    /// <summary>How much of what one request led to is shown.</summary>
    public const int Most = 1000;

    /// <summary>The event with a position.</summary>
    public async Task<Result<Recorded>> FindAsync(Caller caller, long position, CancellationToken cancel)
    {
        var found = await events.PageAsync(caller, new() { UpTo = position }, newestFirst: true, 1, cancel);
        if (!found.Ok) return Result.Refused<Recorded>(found.Problems);
        return found.Value.Events is [var one] && one.Position == position ? one : Problem.NotFound("event");
    }

    /// <summary>All that the same request led to as the event with a position, as far as the caller may see it.</summary>
    public async Task<Result<EventTree>> OfAsync(Caller caller, long position, CancellationToken cancel)
    {
        var found = await FindAsync(caller, position, cancel);
        return found.Ok ? await OfAsync(caller, found.Value, cancel) : Result.Refused<EventTree>(found.Problems);
    }

    /// <summary>All that the same request led to as an event that was found. Where that is more than is shown, what led to this
    /// one, what it led to, and what stands beside it.</summary>
    public async Task<Result<EventTree>> OfAsync(Caller caller, Recorded chosen, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        var found = await PageAsync(new(), false, cancel);
        if (!found.Ok) return Result.Refused<EventTree>(found.Problems);
        if (!found.Value.More || found.Value.Events[0].Id == chosen.Id) return EventTree.Of(found.Value.Events, found.Value.More);
        var near = await new EventLineage(PageAsync, Most).OfAsync(found.Value.Events[0], chosen, cancel);
        return near.Ok ? EventTree.Of(near.Value, more: true) : Result.Refused<EventTree>(near.Problems);

        Task<Result<EventsFound>> PageAsync(EventQuestion place, bool back, CancellationToken end) =>
            events.PageAsync(caller, place with { Correlation = chosen.Metadata.CorrelationId }, back, Most, end);
    }
}
