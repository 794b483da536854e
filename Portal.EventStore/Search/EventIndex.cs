namespace Portal.EventStore;

/// <summary>A row for each event, by which all events are searched (<see cref="IEventSearch"/>): when, which type, who, by which door, of
/// which request, the words of its texts, and the keys declared here. To be listed in
/// <see cref="EventStoreOptions.Projections"/>; asynchronous, and rebuildable as every projection.</summary>
public abstract class EventIndex : Projection
{
    /// <summary>snake_case name of the table.</summary>
    public abstract string Name { get; }

    /// <summary>Raise when the rows would come out differently: the table is then rebuilt from nothing.</summary>
    public virtual int Version => 1;

    /// <summary>What else events are searched by.</summary>
    public abstract IReadOnlyList<EventKey> Keys { get; }

    internal override ProjectionTable Bind(EventTypes types) => new EventIndexTable(this, types);
}

/// <summary>Something that events are searched by.</summary>
/// <param name="Name">snake_case name of it.</param>
/// <param name="Value">The id that an event names. Where it names none, that which the first event of its stream names is taken.</param>
/// <param name="OfStream">Whether the first event of the stream alone is asked.</param>
public sealed record EventKey(string Name, Func<Recorded, Guid?> Value, bool OfStream = false);
