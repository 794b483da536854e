namespace Portal.EventStore;

/// <summary>The events of some streams were written down to be archived. It binds the file together: sealed, it shows that the file
/// holds these events and no others, and all of them.</summary>
/// <param name="ArchiveId">The archive.</param>
/// <param name="Streams">How many streams.</param>
/// <param name="Events">How many events.</param>
/// <param name="Head">Hash of the last of them in the order of all events, lower-case hexadecimal.</param>
/// <param name="Manifest">SHA-256 of the list of the file's parts, lower-case hexadecimal.</param>
[EventType("archive_written")]
public sealed record ArchiveWritten(Guid ArchiveId, long Streams, long Events, string Head, string Manifest);

/// <summary>Streams stand in a file from now on. Written in the transaction in which the contents of their events leave the
/// database.</summary>
/// <param name="ArchiveId">The archive.</param>
/// <param name="File">What the file is called, in the folder of archives.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
/// <param name="Streams">How many streams.</param>
/// <param name="Events">How many events.</param>
/// <param name="Kept">SHA-256 of the list of these streams (<see cref="ArchivedStreams"/>), lower-case hexadecimal.</param>
/// <param name="What">What the streams are, in a word of who ordered it; null where nothing was said.</param>
[EventType("streams_archived")]
public sealed record StreamsArchived(
    Guid ArchiveId, string File, long Bytes, string Sha256, long Streams, long Events, string Kept, string? What = null);

/// <summary>The streams of an archive are back in the database. Written in the transaction in which they came.</summary>
/// <param name="ArchiveId">The archive.</param>
/// <param name="Streams">How many streams.</param>
/// <param name="Events">How many events.</param>
[EventType("archive_restored")]
public sealed record ArchiveRestored(Guid ArchiveId, long Streams, long Events);
