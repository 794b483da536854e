using System.Text.Json;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Puts the contents of archived events in their places, from the files: for read models that are made anew.</summary>
internal sealed class ArchivedBodies(NpgsqlDataSource source, EventTypes types, ArchiveFolder folder)
{
    // Archives that are read side by side: those of one time, mostly.
    private const int MostOpen = 4;

    private readonly SemaphoreSlim turn = new(1);
    private readonly List<(Guid Archive, Dictionary<long, EventLine> Lines)> open = [];

    /// <summary>Sees to it that every archive which is not in the database lies in the folder as it was written.</summary>
    /// <exception cref="ArchiveException">One does not.</exception>
    public async Task CheckAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        foreach (var archive in await ArchiveRows.AllAsync(connection, cancel))
            if (!archive.Restored) await folder.FindAsync(archive.File, archive.Sha256, cancel);
    }

    /// <summary>Replaces each <see cref="ArchivedEvent"/> by what was recorded.</summary>
    /// <param name="events">The events; changed where they stand.</param>
    /// <param name="lenient">Whether a body that cannot be read is passed through as it stands.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="ArchiveException">An archive's file is missing, or is not as it was written.</exception>
    public async Task FillAsync(List<Recorded> events, bool lenient, CancellationToken cancel)
    {
        for (var i = 0; i < events.Count; i++)
            if (events[i].Body is ArchivedEvent { Archive: var archive })
                events[i] = Filled(events[i], (await LinesAsync(archive, cancel))[events[i].Position], lenient);
    }

    /// <summary>The same of texts, with what each hash covers.</summary>
    /// <exception cref="ArchiveException">An archive's file is missing, or is not as it was written.</exception>
    public async Task<IReadOnlyList<EventText>> FilledAsync(IReadOnlyList<EventText> events, CancellationToken cancel)
    {
        if (!events.Any(one => one.Archive is not null)) return events;
        var filled = new List<EventText>(events.Count);
        foreach (var one in events)
            filled.Add(one.Archive is { } archive && (await LinesAsync(archive, cancel))[one.Position] is { } line
                ? one with { Body = line.Body, Metadata = line.Metadata, Archive = null } : one);
        return filled;
    }

    private Recorded Filled(Recorded recorded, EventLine line, bool lenient) => recorded with
    {
        Text = line.Body,
        Body = EventReader.Body(types, line.Type, line.TypeVersion, line.Body, lenient ? _ => false : null),
        Metadata = JsonSerializer.Deserialize<EventMetadata>(line.Metadata, EventTypes.Json)!,
    };

    private async Task<Dictionary<long, EventLine>> LinesAsync(Guid archive, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var at = open.FindIndex(one => one.Archive == archive);
            var found = at >= 0 ? open[at] : (archive, await ReadAsync(archive, cancel));
            if (at >= 0) open.RemoveAt(at);
            open.Add(found);
            if (open.Count > MostOpen) open.RemoveAt(0);
            return found.Item2;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<Dictionary<long, EventLine>> ReadAsync(Guid archive, CancellationToken cancel)
    {
        var row = await ArchiveRows.FindAsync(source, archive, cancel) ?? throw new ArchiveException("ARCHIVE_UNKNOWN",
            $"Events are of the archive {archive:n}, which the database does not know.", "Verify the store.");
        return (await folder.ReadAsync(row.File, row.Sha256, cancel)).Lines.ToDictionary(line => line.Position);
    }
}
