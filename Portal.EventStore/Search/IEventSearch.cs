namespace Portal.EventStore;

/// <summary>Which events are looked for; all conditions that are given must hold.</summary>
public sealed record EventSearch
{
    /// <summary>Only those recorded at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those recorded before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those of these types, by their stored names.</summary>
    public IReadOnlyCollection<string>? Types { get; init; }

    /// <summary>Only those caused by this actor.</summary>
    public string? Actor { get; init; }

    /// <summary>Only those that came by this door.</summary>
    public string? Door { get; init; }

    /// <summary>Only those of this request.</summary>
    public Guid? Correlation { get; init; }

    /// <summary>Only those in whose texts or type every word of this stands, as a whole word and whatever the case.</summary>
    public string? Text { get; init; }

    /// <summary>By the name of an <see cref="EventKey"/>: only those with one of these ids.</summary>
    public IReadOnlyDictionary<string, IReadOnlyCollection<Guid>> Keys { get; init; } = new Dictionary<string, IReadOnlyCollection<Guid>>();

    /// <summary>Only those of these documents.</summary>
    public DocumentSet? Among { get; init; }

    /// <summary>Only those behind the event with this position, in the order of all events.</summary>
    public long? After { get; init; }

    /// <summary>Only those in front of the event with this position.</summary>
    public long? Before { get; init; }

    /// <summary>Nothing behind the event with this position.</summary>
    public long? UpTo { get; init; }
}

/// <summary>Some of what was found.</summary>
/// <param name="Events">The events.</param>
/// <param name="More">Whether there are more.</param>
public sealed record EventsFound(IReadOnlyList<Recorded> Events, bool More);

/// <summary>How many events there are of a kind.</summary>
/// <param name="Number">How many.</param>
/// <param name="Estimated">Whether that was not counted but estimated, since it is many.</param>
public sealed record EventCount(long Number, bool Estimated);

/// <summary>An event as text, to be passed on as it stands.</summary>
/// <param name="Position">Its place.</param>
/// <param name="Stream">What it is about.</param>
/// <param name="Version">Its number there.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Type">What happened.</param>
/// <param name="TypeVersion">Version of the body's shape.</param>
/// <param name="Body">The exact text that the hash covers.</param>
/// <param name="Metadata">Who, how and why: the exact text that the hash covers.</param>
/// <param name="Time">When it was recorded, in UTC.</param>
/// <param name="Hash">SHA-256 over it and the hash before it.</param>
public sealed record EventText(long Position, string Stream, long Version, Guid Id, string Type, int TypeVersion, string Body,
    string Metadata, DateTime Time, byte[] Hash)
{
    /// <summary>The archive in which body and metadata are, whose texts are then <c>null</c> here.</summary>
    public Guid? Archive { get; init; }
}

/// <summary>Searches all events by the <see cref="EventIndex"/> of the store. It follows behind the tail.</summary>
public interface IEventSearch
{
    /// <summary>A page of what is found, in the order of all events, or from its end on.</summary>
    /// <param name="search">What is looked for.</param>
    /// <param name="newestFirst">Whether the last comes first.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancel">Ends the question.</param>
    Task<EventsFound> PageAsync(EventSearch search, bool newestFirst, int limit, CancellationToken cancel);

    /// <summary>How many are found: counted up to ten thousand, and estimated where there are more.</summary>
    Task<EventCount> CountAsync(EventSearch search, CancellationToken cancel);

    /// <summary>Position of the last event that the index holds; 0 while it holds none.</summary>
    Task<long> LastPositionAsync(CancellationToken cancel);

    /// <summary>The ids under which events are found by an <see cref="EventKey"/>, by position; those that have none, or are not
    /// in the index yet, are left out.</summary>
    Task<IReadOnlyDictionary<long, Guid>> KeysAsync(string key, IReadOnlyCollection<long> positions, CancellationToken cancel);

    /// <summary>All that is found, oldest first, in portions. No transaction is held open meanwhile.</summary>
    IAsyncEnumerable<IReadOnlyList<EventText>> ReadAsync(EventSearch search, CancellationToken cancel);
}
