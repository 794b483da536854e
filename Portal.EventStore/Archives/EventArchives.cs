using Npgsql;

namespace Portal.EventStore;

/// <summary>What is to be archived, and who shows that it is whole.</summary>
/// <param name="Streams">The streams; those that do not exist or are archived already are left out, and those behind the first which
/// have <see cref="EventArchives.MostEvents"/> together.</param>
/// <param name="Metadata">Who wants it and how, for the events that tell of it.</param>
/// <param name="Keys">The public keys of the seals, PEM.</param>
/// <param name="SealAsync">Sees to it that everything up to a position is sealed, and says whether it is.</param>
public sealed record ArchiveOrder(IReadOnlyCollection<string> Streams, EventMetadata Metadata, string Keys,
    Func<long, CancellationToken, Task<bool>> SealAsync)
{
    /// <summary>Streams with an event behind this position are left out, too.</summary>
    public long UpTo { get; init; } = long.MaxValue;

    /// <summary>What the streams are, in a word of who orders it; null where nothing is said.</summary>
    public string? What { get; init; }
}

/// <summary>Takes streams out of the database into files that verify alone, and brings them back. What is sealed and chained of
/// each event stays, so that nothing can follow an archived stream and the store verifies as before (docs/adr/0056).</summary>
public sealed class EventArchives
{
    private const string Prefix = "archive";

    private readonly NpgsqlDataSource source;
    private readonly IEventStore store;
    private readonly ArchiveFolder folder;
    private readonly ArchiveMove move;

    internal EventArchives(NpgsqlDataSource source, EventTypes types, IEventStore store, ArchiveFolder folder, TimeProvider time,
        Action appended) =>
        (this.source, this.store, this.folder, move) = (source, store, folder, new(source, types, time, appended));

    /// <summary>The most events of an archive, but for a single stream that has more.</summary>
    public const int MostEvents = 20_000;

    /// <summary>The stream of an archive's events.</summary>
    public static string StreamOf(Guid archive) => $"{Prefix}-{archive:n}";

    /// <summary>Writes streams to a file, has it on the disk, reads it back, and then takes the contents of their events out of the
    /// database, in one transaction with the event that tells so. Who is stopped before that leaves a file that nobody needs, and
    /// nothing else.</summary>
    /// <returns>What was archived; null where none of the streams is there to be.</returns>
    /// <exception cref="ArchiveException">It cannot be done; nothing is archived.</exception>
    public async Task<StreamsArchived?> MakeAsync(ArchiveOrder order, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(order);
        folder.Make();
        if (order.Streams.FirstOrDefault(stream => stream.StartsWith($"{Prefix}-", StringComparison.Ordinal)) is { } own)
            throw new ArgumentException($"{own} tells of an archive: it stays where it is.", nameof(order));
        using var keys = Keys(order.Keys);
        await using var turn = await move.BeginAsync(cancel);
        var events = await ArchiveSelection.EventsAsync(
            source, await ArchiveSelection.FittingAsync(source, order.Streams, order.UpTo, MostEvents, cancel), cancel);
        if (events.Count == 0) return null;
        List<EventLine> lines = [.. events.Select(one => one.Line)];
        await SealedAsync(order, lines.Max(line => line.Position), cancel);
        var versions = lines.GroupBy(line => line.Stream, StringComparer.Ordinal)
            .Select(stream => (Stream: stream.Key, Version: stream.Max(line => line.Version))).ToList();
        var streams = ArchivedStreams.Of(events.Select(one => one.Kept));
        var id = Guid.CreateVersion7();
        var parts = ArchiveFile.Parts(lines, streams, order.Keys);
        await NoteAsync(order, new(id, versions.Count, lines.Count, lines[^1].Hash,
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(ArchiveFile.ManifestOf(parts)))), cancel);
        var proof = await Prover.ProveAsync(source, [.. versions, (StreamOf(id), 1)], [], cancel);
        proof = proof with { Record = [.. proof.Record.Where(line => line.Stream == StreamOf(id))], Keys = order.Keys };
        var name = $"{Prefix}-{lines[0].Position:d12}-{id:n}.zip";
        var (sha256, bytes) = await WriteAsync(folder.PathOf(name), parts, proof, lines, keys, cancel);
        var made = new StreamsArchived(
            id, name, bytes, sha256, versions.Count, lines.Count, ArchivedStreams.HashOf(streams.Text), order.What);
        await move.OutAsync(made, streams.Text, versions, order.Metadata, cancel);
        return made;
    }

    /// <summary>Brings the streams of an archive back from its file, in one transaction with the event that tells so: the rows are
    /// what they were, byte for byte. One that is back already stays so.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="metadata">Who wants it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What came back; null where it was back already.</returns>
    /// <exception cref="ArchiveException">There is no such archive, or its file is not there as it was written; nothing is brought
    /// back.</exception>
    public async Task<ArchiveRestored?> RestoreAsync(Guid archive, EventMetadata metadata, CancellationToken cancel)
    {
        await using var turn = await move.BeginAsync(cancel);
        var row = await ArchiveRows.FindAsync(source, archive, cancel) ?? throw new ArchiveException(
            "ARCHIVE_UNKNOWN", "There is no such archive.", "The list of archives has all there are.");
        if (row.Restored) return null;
        return await move.BackAsync(row, (await folder.ReadAsync(row.File, row.Sha256, cancel)).Lines, metadata, cancel);
    }

    private static SealKeys Keys(string pem)
    {
        try
        {
            return SealKeys.Parse(pem);
        }
        catch (FormatException)
        {
            throw Unknown("This node knows no key of seals, by which the file could be verified.");
        }
    }

    private static ArchiveException Unknown(string words) =>
        new("KEYS_UNKNOWN", words, "Portal:Seals:OtherKeysFile names a file of keys that signed before this one, or sign on other nodes.");

    private static async Task SealedAsync(ArchiveOrder order, long position, CancellationToken cancel)
    {
        if (!await order.SealAsync(position, cancel))
            throw new ArchiveException("NOT_SEALED", "Not everything that is to be archived is sealed yet.",
                "Try again in a minute; the log of the workers says what is wrong if it lasts.");
    }

    private async Task NoteAsync(ArchiveOrder order, ArchiveWritten written, CancellationToken cancel)
    {
        var noted = await store.AppendAsync(
            [new(StreamOf(written.ArchiveId), 0, [new(Guid.CreateVersion7(), written)], order.Metadata)], cancel);
        await SealedAsync(order, ((AppendResult.Appended)noted).Position, cancel);
    }

    // On the disk and read again before anybody relies on it.
    private static async Task<(string Sha256, long Bytes)> WriteAsync(string path, IReadOnlyList<(string Name, byte[] Bytes)> parts,
        EventProof proof, IReadOnlyList<EventLine> lines, SealKeys keys, CancellationToken cancel)
    {
        try
        {
            var draft = $"{path}.new";
            ArchiveFile.Write(draft, parts, proof);
            var back = await ArchiveFile.ReadAsync(draft, cancel);
            var check = back.Check(keys);
            if (check.Fault is { Kind: StoreFaultKind.KeyUnknown } unknown) throw Unknown(unknown.Words);
            if (!back.Lines.SequenceEqual(lines) || check is { Holds: false } or { Unsealed: > 0 })
                throw new ArchiveException("ARCHIVE_NOT_WRITTEN", "What was read back from the file is not what was written.",
                    "See whether the disk is sound.");
            File.Move(draft, path, overwrite: false);
            return await ArchiveFile.HashAsync(path, cancel);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ArchiveException("ARCHIVE_NOT_WRITTEN", $"The file cannot be written: {fault.Message}",
                "See that the folder of archives has room and can be written to.");
        }
    }
}
