using System.Globalization;

namespace Portal.EventStore;

/// <summary>Where a stream is that was archived.</summary>
/// <param name="Id">The archive.</param>
/// <param name="File">What its file is called, in the folder of archives.</param>
/// <param name="Made">When the stream went there.</param>
public sealed record StreamArchive(Guid Id, string File, DateTimeOffset Made)
{
    /// <summary>The same in words.</summary>
    public string Words => $"archived on {Made.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} to {File}";
}

/// <summary>The body of an event whose contents were archived, where events are read that are of many streams.</summary>
/// <param name="Type">Stored name of its type.</param>
/// <param name="Archive">The archive.</param>
public sealed record ArchivedEvent(string Type, Guid Archive)
{
    /// <summary>What stands for its text: an empty object.</summary>
    public const string Text = "{}";

    /// <summary>What stands for its metadata, which is in the archive as well.</summary>
    public static EventMetadata Metadata { get; } = new("", "", "", Guid.Empty);
}

/// <summary>A stream was to be read or appended to that is archived.</summary>
/// <param name="stream">The stream.</param>
/// <param name="archive">Where it is.</param>
public sealed class StreamArchivedException(string stream, StreamArchive archive)
    : Exception($"The stream {stream} was {archive.Words}.")
{
    /// <summary>The stream.</summary>
    public string Stream => stream;

    /// <summary>Where it is.</summary>
    public StreamArchive Archive => archive;
}

/// <summary>An archive could not be made, read or brought back; nothing was changed.</summary>
/// <param name="code">Which fault it is: <c>ARCHIVES_OFF</c>, <c>ARCHIVE_MISSING</c>, <c>ARCHIVE_CHANGED</c>, <c>ARCHIVE_UNKNOWN</c>,
/// <c>NOT_SEALED</c>, <c>KEYS_UNKNOWN</c>, <c>STREAM_MOVED_ON</c>, <c>ARCHIVE_BUSY</c>, <c>ARCHIVE_NOT_WRITTEN</c>.</param>
/// <param name="message">The same as a sentence.</param>
/// <param name="advice">What to do.</param>
public sealed class ArchiveException(string code, string message, string advice) : Exception($"{message} {advice}")
{
    /// <summary>Which fault it is.</summary>
    public string Code => code;

    /// <summary>What is wrong.</summary>
    public string Words => message;

    /// <summary>What to do.</summary>
    public string Advice => advice;
}
