using Npgsql;

namespace Portal.EventStore;

/// <summary>Compares rows whose contents are archived with what the archive's list says of them, and each list with the sealed event
/// that tells of it.</summary>
internal sealed class ArchiveCheck
{
    private readonly Dictionary<Guid, (ArchiveRow Row, ArchivedStreams? Streams)> archives;
    private readonly Dictionary<string, (long Events, byte[] Digest)> digests = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, (long Position, string Stream)> standing = [];
    private readonly Dictionary<Guid, StreamsArchived?> told = [];

    private ArchiveCheck(IEnumerable<ArchiveRow> rows) => archives = rows.ToDictionary(row => row.Id, row => (row, List(row)));

    /// <summary>How many events have their contents in archives.</summary>
    public long Events { get; private set; }

    /// <summary>The archives in which contents are, each as the event says that tells of it, in the order in which they were
    /// made.</summary>
    public IReadOnlyList<StreamsArchived> Standing => [.. archives.Values.Where(one => standing.ContainsKey(one.Row.Id))
        .OrderBy(one => one.Row.Made).Select(one => told.GetValueOrDefault(one.Row.Id)).OfType<StreamsArchived>()];

    /// <summary>Whether the database is of a schema that knows archives.</summary>
    public static async Task<bool> IsKnownAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select to_regclass('portal_events.archives') is not null");
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Reads the lists.</summary>
    public static async Task<ArchiveCheck> OpenAsync(NpgsqlConnection connection, bool known, CancellationToken cancel) =>
        new(known ? await ArchiveRows.AllAsync(connection, cancel) : []);

    /// <summary>Looks at the next row whose contents are gone, and which is where it was sealed.</summary>
    /// <param name="row">The row.</param>
    /// <param name="kept">What it keeps.</param>
    /// <param name="seal">Number of its seal; null where it is not sealed, which nothing archived is.</param>
    public StoreFault? Wrong(VerifiedRow row, KeptEvent kept, long? seal)
    {
        if (row.Archive is not { } archive || seal is null || !archives.TryGetValue(archive, out var known)
            || known.Streams is not { } list || !list.Streams.TryGetValue(kept.Stream, out var promised) || kept.Version > promised.Events)
            return row.Fault(StoreFaultKind.Removed, seal, "has lost its contents, and no archive vouches for it");
        Events++;
        standing.TryAdd(archive, (row.Position, row.Stream));
        var before = digests.TryGetValue(kept.Stream, out var head) ? head : (0, EventHash.Start.ToArray());
        digests[kept.Stream] = (before.Item1 + 1, kept.Digest(before.Item2));
        return kept.Version == promised.Events && (before.Item1 + 1, Convert.ToHexStringLower(digests[kept.Stream].Digest)) != promised
            ? row.Fault(StoreFaultKind.Edited, seal, "or one before it in its stream is kept otherwise than it was archived") : null;
    }

    /// <summary>Looks at an event that is as it was, in the order of all events.</summary>
    public void Read(string type, string body)
    {
        if (type == "streams_archived" && Told<StreamsArchived>(body) is { } made) told[made.ArchiveId] = made;
        else if (type == "archive_restored" && Told<ArchiveRestored>(body) is { } back) told[back.ArchiveId] = null;
    }

    /// <summary>What is wrong with the archives themselves, once everything was read.</summary>
    public StoreFault? End()
    {
        foreach (var (archive, (position, stream)) in standing)
        {
            var row = archives[archive].Row;
            if (told.GetValueOrDefault(archive) is not { } made)
                return Fault(StoreFaultKind.Removed, $"No event tells that contents went to the archive {row.File}.");
            if (made.Kept != ArchivedStreams.HashOf(row.Manifest) || made.Sha256 != row.Sha256 || made.File != row.File)
                return Fault(StoreFaultKind.Edited, $"The archive {row.File} is listed otherwise than the event says that tells of it.");

            StoreFault Fault(StoreFaultKind kind, string words) => new(kind, position, stream, null, null, null, words);
        }
        return null;
    }

    /// <summary>Looks at the files.</summary>
    public async Task<StoreFault?> FilesAsync(string folder, SealKeys keys, CancellationToken cancel)
    {
        foreach (var made in Standing)
            try
            {
                var contents = await new ArchiveFolder(folder).ReadAsync(made.File, made.Sha256, cancel);
                if (contents.Check(keys).Fault is { } fault) return fault with { Words = $"{made.File}: {fault.Words}" };
                if (ArchivedStreams.HashOf(contents.Streams.Text) != made.Kept || contents.Lines.Count != made.Events)
                    return File(StoreFaultKind.FileChanged, $"The archive {made.File} holds other events than were archived.");
            }
            catch (Exception fault) when (fault is ArchiveException { Code: "ARCHIVE_CHANGED" } or FormatException)
            {
                return File(StoreFaultKind.FileChanged, $"The archive {made.File} says something else than when it was written.");
            }
            catch (ArchiveException fault)
            {
                return File(StoreFaultKind.FileMissing, fault.Words);
            }
        return null;
    }

    private static StoreFault File(StoreFaultKind kind, string words) => new(kind, null, null, null, null, null, words);

    private static ArchivedStreams? List(ArchiveRow row)
    {
        try
        {
            return ArchivedStreams.Parse(row.Manifest);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static T? Told<T>(string body) where T : class
    {
        try
        {
            return System.Text.Json.JsonSerializer.Deserialize<T>(body, EventTypes.Json);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
