using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>A thing as it was after one of its events.</summary>
/// <typeparam name="TState">What it is folded into.</typeparam>
/// <param name="events">All its events, those that came later too, one at least.</param>
/// <param name="version">The version that it is looked at.</param>
public sealed class AsItWas<TState>(IReadOnlyList<Recorded> events, long version)
    where TState : class, IAggregate<TState>
{
    private readonly Lazy<(TState Before, TState State)> folded = new(() =>
    {
        var before = Fold(events, version - 1);
        return (before, before.Apply(events[(int)version - 1]));
    });

    /// <summary>All its events, oldest first: the marks between which one moves.</summary>
    public IReadOnlyList<Recorded> Events => events;

    /// <summary>How many of its events had happened.</summary>
    public long Version => version;

    /// <summary>How many have happened by now.</summary>
    public long Latest => events.Count;

    /// <summary>The last that had happened.</summary>
    public Recorded Event => events[(int)version - 1];

    /// <summary>As it was.</summary>
    public TState State => folded.Value.State;

    /// <summary>As it was before that last event.</summary>
    public TState Before => folded.Value.Before;

    /// <summary>The same thing at another of its versions.</summary>
    public AsItWas<TState> At(long other) => new(events, other);

    /// <summary>The same with what has happened since: who looks at the latest goes on to it, who looks at an earlier one stays
    /// there.</summary>
    /// <param name="later">Events of the same thing, in order; what is known already is passed over.</param>
    public AsItWas<TState> With(IEnumerable<Recorded> later)
    {
        var all = events.ToList();
        foreach (var recorded in later.Where(recorded => recorded.Version == all.Count + 1)) all.Add(recorded);
        return all.Count == events.Count ? this : new(all, version == events.Count ? all.Count : version);
    }

    private static TState Fold(IReadOnlyList<Recorded> events, long until)
    {
        var state = TState.Empty;
        for (var index = 0; index < until; index++) state = state.Apply(events[index]);
        return state;
    }
}

/// <summary>Finds out how a thing was. It asks for no permission: the handlers on top of it do.</summary>
public sealed class Past(IEventStore store, IChance chance)
{
    /// <summary>All events of a thing, oldest first; none when there never was such a thing.</summary>
    public async Task<IReadOnlyList<Recorded>> ReadAsync<TState>(Guid id, CancellationToken cancel)
        where TState : class, IAggregate<TState>
    {
        var stream = Ledger.StreamOf<TState>(id);
        return (await store.ReadStreamsAsync([stream], cancel)).GetValueOrDefault(stream) ?? [];
    }

    /// <summary>The thing as it was at a moment, or why there is no such moment: <c>VERSION_UNKNOWN</c>,
    /// <c>BEFORE_BEGINNING</c>, <c>POSITION_AHEAD</c>, <c>TIME_AHEAD</c>.</summary>
    /// <param name="events">Its events, one at least.</param>
    /// <param name="at">The moment; null for now.</param>
    /// <param name="what">What it is, as it stands in the refusal: <c>run</c>.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<AsItWas<TState>>> FindAsync<TState>(
        IReadOnlyList<Recorded> events, Moment? at, string what, CancellationToken cancel)
        where TState : class, IAggregate<TState>
    {
        if (at is null) return new AsItWas<TState>(events, events.Count);
        if (await RefusalAsync(events, at, what, cancel) is { } refusal) return refusal;
        var version = at.Version ?? events.TakeWhile(recorded => at.Position is { } position
            ? recorded.Position <= position
            : recorded.Time <= at.Time).Count();
        return new AsItWas<TState>(events, version);
    }

    private async Task<Problem?> RefusalAsync(IReadOnlyList<Recorded> events, Moment at, string what, CancellationToken cancel)
    {
        if (!at.IsClear) return Problem.Invalid("at", "A moment is one of these: a version, a position, a time.",
            "Say exactly one.");
        if (at.Version is { } version && (version < 1 || version > events.Count))
            return new("VERSION_UNKNOWN", $"The {what} never had version {version}.", "at.version",
                Advice: $"It has the versions 1 to {events.Count}.");
        if (at.Position is { } position)
        {
            if (position < 1) return Problem.Invalid("at.position", "A position is 1 or more.");
            if (position > await store.HighestPositionAsync(cancel))
                return new("POSITION_AHEAD", "No event has had this position yet.", "at.position",
                    Advice: "Take one that this portal gave you.");
            if (position < events[0].Position)
                return Early("at.position", $"its first event has position {events[0].Position}");
        }
        if (at.Time is { } time)
        {
            // A node whose clock is ahead may have recorded what is later than now.
            if (time > chance.Now && time > events[^1].Time)
                return new("TIME_AHEAD", "That is still to come.", "at.time",
                    Advice: "Name a time up to now, or no moment at all.");
            if (time < events[0].Time) return Early("at.time",
                $"it began at {events[0].Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}");
        }
        return null;

        Problem Early(string field, string begun) => new("BEFORE_BEGINNING", $"There was no such {what} yet.", field,
            Advice: $"Name a later moment: {begun}.");
    }
}
