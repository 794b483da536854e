namespace Portal.EventStore;

/// <summary>An event as it stands in the store.</summary>
/// <param name="Position">Place in the table, unique. The order of all events is (epoch, transaction id, position); a position
/// alone is enough as a cursor, since the store knows the rest of it.</param>
/// <param name="Stream">The stream it belongs to, for example <c>run-0198…</c>.</param>
/// <param name="Version">Its number in the stream, from 1.</param>
/// <param name="Id">The event's own id, which makes a repeated append harmless.</param>
/// <param name="Type">Stored name of its type.</param>
/// <param name="TypeVersion">Version of the body's shape as stored.</param>
/// <param name="Text">The exact text of the body that the hash covers.</param>
/// <param name="Body">The body as an object, lifted to the present version; an <see cref="UnknownEvent"/> when its type is
/// not known here.</param>
/// <param name="Metadata">Who, how and why.</param>
/// <param name="Time">When it was recorded, by the database's clock, in UTC.</param>
/// <param name="Hash">SHA-256 over this event and the hash of the one before it in the stream.</param>
public sealed record Recorded(
    long Position, string Stream, long Version, Guid Id, string Type, int TypeVersion, string Text, object Body,
    EventMetadata Metadata, DateTimeOffset Time, ReadOnlyMemory<byte> Hash);

/// <summary>An event whose type this build does not know: kept and passed through, never dropped.</summary>
/// <param name="Type">Stored name of its type.</param>
/// <param name="Text">The exact text of its body.</param>
public sealed record UnknownEvent(string Type, string Text);
