using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>An archive as lists see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="File">What its file is called, in the folder of archives.</param>
/// <param name="Bytes">Size of that.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
/// <param name="Runs">How many runs are in it.</param>
/// <param name="Events">How many events.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="MadeBy">Who had it made.</param>
/// <param name="RestoredAt">When it was brought back; null while its events are in it alone.</param>
/// <param name="RestoredBy">Who brought it back.</param>
/// <param name="Notes">How many notes are in it (<see cref="ArchivableNotes"/>).</param>
public sealed record ArchiveView(Guid Id, string File, long Bytes, string Sha256, long Runs, long Events, DateTimeOffset MadeAt,
    EventMetadata MadeBy, DateTimeOffset? RestoredAt = null, EventMetadata? RestoredBy = null, long Notes = 0);

/// <summary>Keeps <see cref="ArchiveView"/> behind the tail.</summary>
public sealed class ArchiveProjection : Projection<ArchiveView>
{
    /// <inheritdoc/>
    public override DocumentTable<ArchiveView> Table { get; } = new(
        "archives", archive => archive.Id.ToString("n"),
        [
            new("made_at", "timestamptz", archive => archive.MadeAt),
            new("restored", "boolean", archive => archive.RestoredAt is not null),
        ],
        ["made_at desc", "restored, made_at desc"]);

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(StreamsArchived), typeof(ArchiveRestored)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<ArchiveView> documents, CancellationToken cancel)
    {
        if (recorded.Body is StreamsArchived made)
            documents.Put(new(made.ArchiveId, made.File, made.Bytes, made.Sha256, made.What is null ? made.Streams : 0,
                made.Events, recorded.Time, recorded.Metadata, Notes: made.What == ArchivableNotes.What ? made.Streams : 0));
        else if (recorded.Body is ArchiveRestored back
            && await documents.FindAsync(back.ArchiveId.ToString("n"), cancel) is { } view)
            documents.Put(view with { RestoredAt = recorded.Time, RestoredBy = recorded.Metadata });
    }
}
