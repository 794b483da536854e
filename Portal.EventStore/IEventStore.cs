namespace Portal.EventStore;

/// <summary>An event to be appended: its body and the id that makes a repeat harmless.</summary>
/// <param name="Id">Unique id; appending the same id to the same stream again changes nothing.</param>
/// <param name="Body">An object of a class with an <see cref="EventTypeAttribute"/>.</param>
/// <param name="Cause">Id of the event that led to it, where it is another than the metadata names.</param>
public sealed record NewEvent(Guid Id, object Body, Guid? Cause = null);

/// <summary>Events for one stream, all or none of which are written.</summary>
/// <param name="Stream">The stream's name.</param>
/// <param name="ExpectedVersion">Version of the stream's last event; 0 when it must not exist yet;
/// <see cref="IEventStore.AnyVersion"/> to append whatever stands there.</param>
/// <param name="Events">One event or more, in order.</param>
/// <param name="Metadata">Written to each of them.</param>
public sealed record StreamAppend(string Stream, long ExpectedVersion, IReadOnlyList<NewEvent> Events, EventMetadata Metadata);

/// <summary>What became of an append.</summary>
public abstract record AppendResult
{
    private AppendResult() { }

    /// <summary>Everything stands in the store (from this call, or from an earlier one with the same event ids).</summary>
    /// <param name="Versions">The version of the last of these events in each stream, in the order asked.</param>
    /// <param name="Position">Position of the last of these events, whether it was written now or before.</param>
    public sealed record Appended(IReadOnlyList<long> Versions, long Position) : AppendResult
    {
        /// <summary>Whether all of them were there already. Also true when the answer to the first writing was lost with its
        /// connection and the store repeated it by itself.</summary>
        public bool Repeated { get; init; }

        /// <summary>When the last of them was recorded.</summary>
        public DateTimeOffset Time { get; init; }
    }

    /// <summary>Nothing was written: a stream has moved on, or a read model has what it keeps once from somebody else.</summary>
    /// <param name="Stream">The first stream whose version was not the one expected.</param>
    /// <param name="Actual">Its version now.</param>
    public sealed record Conflict(string Stream, long Actual) : AppendResult;

    /// <summary>Nothing was written: a stream is archived. It has to be brought back first.</summary>
    /// <param name="Stream">The first such stream.</param>
    /// <param name="Archive">Where it is.</param>
    public sealed record Archived(string Stream, StreamArchive Archive) : AppendResult;
}

/// <summary>The append-only record of facts: design of the house, section 3.</summary>
public interface IEventStore
{
    /// <summary>Expected version that fits every stream.</summary>
    public const long AnyVersion = -1;

    /// <summary>Appends to one stream or several in one transaction and one round trip: all or nothing. A stream is named once
    /// in a call. When only some of the event ids are there already, it is a conflict. Cancelling ends the waiting; whether
    /// the events were written is then open, and a repeat with the same ids tells.</summary>
    /// <exception cref="ArgumentException">Nothing to append, a stream named twice, an id given twice.</exception>
    Task<AppendResult> AppendAsync(IReadOnlyList<StreamAppend> appends, CancellationToken cancel);

    /// <summary>Reads one stream in order, optionally only up to a version, a position or a moment (each inclusive).</summary>
    /// <exception cref="StreamArchivedException">It is archived.</exception>
    IAsyncEnumerable<Recorded> ReadStreamAsync(string stream, long fromVersion = 1, StreamBound? until = null,
        CancellationToken cancel = default);

    /// <summary>Reads many streams whole, one behind the other in no order to rely on, each handed out as soon as its last row
    /// has passed: who folds them holds one at a time. A stream that does not exist does not come. Each is as it stands when it
    /// is read. One connection is in use for as long as the enumeration lasts, or two for many streams.</summary>
    /// <exception cref="StreamArchivedException">One of them is archived (<see cref="ArchivedAsync"/>).</exception>
    IAsyncEnumerable<IReadOnlyList<Recorded>> ReadEachAsync(IReadOnlyCollection<string> streams, CancellationToken cancel);

    /// <summary>Reads many streams whole and holds all of them; a stream that does not exist is absent from the answer.</summary>
    /// <exception cref="StreamArchivedException">One of them is archived (<see cref="ArchivedAsync"/>).</exception>
    Task<IReadOnlyDictionary<string, IReadOnlyList<Recorded>>> ReadStreamsAsync(IReadOnlyCollection<string> streams,
        CancellationToken cancel);

    /// <summary>Those of some streams that are archived, and where they are.</summary>
    Task<IReadOnlyDictionary<string, StreamArchive>> ArchivedAsync(IReadOnlyCollection<string> streams, CancellationToken cancel);

    /// <summary>Reads events of all streams after a position, in the order without holes, at most <paramref name="limit"/>. The body of
    /// one that is archived is an <see cref="ArchivedEvent"/>.</summary>
    Task<IReadOnlyList<Recorded>> ReadAllAsync(long after, int limit, CancellationToken cancel);

    /// <summary>Position of the last event that a reader may see now; 0 for an empty store.</summary>
    Task<long> LastPositionAsync(CancellationToken cancel);

    /// <summary>The largest position that any event has; 0 for an empty store. No reader has ever been given a larger one. It may
    /// be larger than <see cref="LastPositionAsync"/>, since the order is by transaction first.</summary>
    Task<long> HighestPositionAsync(CancellationToken cancel);
}

/// <summary>Where a reading of a stream ends; the first of those given that is reached.</summary>
/// <param name="Version">Last version wanted.</param>
/// <param name="Position">Last position wanted.</param>
/// <param name="Moment">Last time of recording wanted.</param>
public sealed record StreamBound(long? Version = null, long? Position = null, DateTimeOffset? Moment = null);

/// <summary>A node's single reading of everything that happens.</summary>
public interface IEventTail
{
    /// <summary>Events after a position, in batches, for as long as the enumeration lasts: first what stands in the table, then
    /// what comes. A null position starts with what comes from now on. Nothing is missed and nothing comes twice.</summary>
    IAsyncEnumerable<IReadOnlyList<Recorded>> FollowAsync(long? after, CancellationToken cancel);
}
