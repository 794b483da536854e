using Npgsql;

namespace Portal.EventStore;

/// <summary>Compares a whole store with its seals: one reading of the events in their order beside one reading of the
/// seals.</summary>
public sealed class StoreVerification
{
    private readonly NpgsqlDataSource source;
    private readonly Func<CancellationToken, IAsyncEnumerable<KeptSeal>> seals;
    private readonly SealCheck check;
    private readonly Dictionary<string, (long Version, byte[] Hash)> heads = new(StringComparer.Ordinal);
    private readonly ClockWatch clock = new();
    private readonly string? folder;
    private readonly SealKeys keys;
    private ArchiveCheck? archives;
    private long events;
    private long unsealed;
    private Seal? proven;

    private StoreVerification(
        NpgsqlDataSource source, SealKeys keys, Func<CancellationToken, IAsyncEnumerable<KeptSeal>> seals, string? folder) =>
        (this.source, this.seals, this.keys, this.folder, check) = (source, seals, keys, folder, new(keys));

    /// <summary>Verifies the store in a database.</summary>
    /// <param name="source">Connections to the database.</param>
    /// <param name="keys">The public keys of its seals.</param>
    /// <param name="seals">Seals in order that were kept elsewhere; null for those in the database, which who cut off its end
    /// may have cut off, too.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="archives">The folder of archives, to look at their files as well; null to leave those alone.</param>
    /// <returns>What was found: the first fault, or none.</returns>
    public static Task<StoreReport> RunAsync(NpgsqlDataSource source, SealKeys keys, IAsyncEnumerable<KeptSeal>? seals,
        CancellationToken cancel, string? archives = null) =>
        new StoreVerification(source, keys, seals is null ? token => SealRows.ReadAsync(source, 0, token) : _ => seals, archives)
            .RunAsync(cancel);

    private async Task<StoreReport> RunAsync(CancellationToken cancel)
    {
        var fault = await CompareAsync(cancel);
        fault ??= archives!.End() ?? (folder is null ? null : await archives.FilesAsync(folder, keys, cancel));
        return new(events, proven, unsealed, fault)
        {
            Remarks = [.. clock.Remarks, .. Archived(archives!)], Archived = archives!.Events,
        };
    }

    private async Task<StoreFault?> CompareAsync(CancellationToken cancel)
    {
        var known = await ArchiveCheck.IsKnownAsync(source, cancel);
        await using var connection = await source.OpenConnectionAsync(cancel);
        // The lists and the rows are those of one moment, also while something is archived.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        archives = await ArchiveCheck.OpenAsync(connection, known, cancel);
        await using var command = new NpgsqlCommand(EventReader.AllToVerify(known), connection) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        await foreach (var kept in seals(cancel))
        {
            var (fault, seal) = check.Next(kept);
            if (fault is not null) return fault;
            for (var at = 0; at < kept.Leaves.Length; at += KeptSeal.LeafBytes)
            {
                if (!await rows.ReadAsync(cancel)) return Gone(StoreFaultKind.CutOff, kept, at, seal!);
                events++;
                var row = VerifiedRow.Of(rows, heads);
                clock.Look(row.Position, row.Microseconds);
                if (row.Position != SealLeaves.Position(kept.Leaves, at))
                    return await MisplacedAsync(row, kept, at, seal!, cancel);
                var same = SealLeaves.Hash(kept.Leaves, at).SequenceEqual(row.Hash);
                if (!same && SealLeaves.Has(kept.Leaves, row.Hash))
                    return row.Fault(StoreFaultKind.Reordered, seal!.Number, "was sealed at another position");
                if (!same || !row.Good)
                    return row.Fault(StoreFaultKind.Edited, seal!.Number, "says something else than when it was sealed");
                if (Contents(row, rows, seal!.Number) is { } gone) return gone;
                heads[row.Stream] = (row.Version, row.Hash);
            }
            proven = seal;
        }
        while (await rows.ReadAsync(cancel))
        {
            (events, unsealed) = (events + 1, unsealed + 1);
            var row = VerifiedRow.Of(rows, heads);
            clock.Look(row.Position, row.Microseconds);
            if (row.Gap is { } missing)
                return new(StoreFaultKind.Removed, row.Position, row.Stream, missing, null, null,
                    $"{row.Stream} version {missing} is gone: version {row.Version} follows what was before it.");
            if (!row.Good)
                return row.Fault(StoreFaultKind.Edited, null, "has a hash that does not follow from it and the event before it");
            if (Contents(row, rows, null) is { } gone) return gone;
            heads[row.Stream] = (row.Version, row.Hash);
        }
        return null;
    }

    // What an event tells of archives, or what is wrong with one whose contents are gone.
    private StoreFault? Contents(VerifiedRow row, NpgsqlDataReader read, long? seal)
    {
        if (row.Gone) return archives!.Wrong(row, VerifiedRow.Kept(read), seal);
        archives!.Read(read.GetString(4), read.GetString(6));
        return null;
    }

    private string[] Archived(ArchiveCheck check) => check.Events == 0 || folder is not null ? [] :
    [
        $"The contents of {check.Events} event(s) are in archives: {string.Join(", ", check.Standing.Select(one => one.File))}. That these "
            + "were sealed is proven; that the files are there, --archives shows.",
    ];

    // Another event than the sealed one stands at this place.
    private async Task<StoreFault> MisplacedAsync(VerifiedRow row, KeptSeal kept, int at, Seal seal, CancellationToken cancel)
    {
        if (!await IsSealedAsync(row.Position, kept, cancel))
            return row.Fault(StoreFaultKind.Inserted, seal.Number, "was not there when its place was sealed");
        var sealedThere = SealLeaves.Position(kept.Leaves, at);
        return await IsThereAsync(sealedThere, cancel)
            ? new(StoreFaultKind.Reordered, sealedThere, null, null, null, seal.Number,
                $"In the place of the event at position {sealedThere} stands the one at position {row.Position} ({row.Stream} "
                + $"version {row.Version}).")
            : Gone(StoreFaultKind.Removed, kept, at, seal);
    }

    private static StoreFault Gone(StoreFaultKind kind, KeptSeal kept, int at, Seal seal)
    {
        var position = SealLeaves.Position(kept.Leaves, at);
        return new(kind, position, null, null, null, seal.Number, kind == StoreFaultKind.CutOff
            ? $"The end was cut off: the event at position {position}, which seal {seal.Number} covers, and all after it are "
                + "gone."
            : $"The event at position {position}, which seal {seal.Number} covers, is gone.");
    }

    private async Task<bool> IsSealedAsync(long position, KeptSeal first, CancellationToken cancel)
    {
        if (SealLeaves.Has(first.Leaves, position)) return true;
        await foreach (var kept in seals(cancel))
            if (SealLeaves.Has(kept.Leaves, position)) return true;
        return false;
    }

    private async Task<bool> IsThereAsync(long position, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select exists (select from portal_events.events where position = $1)");
        command.Parameters.Add(new() { Value = position });
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
