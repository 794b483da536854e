using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Moves the contents of events out of their rows and back, each in one transaction. One at a time in all nodes.</summary>
internal sealed class ArchiveMove(NpgsqlDataSource source, EventTypes types, TimeProvider time, Action appended)
{
    // "PORTARCH", as a number.
    private const long TurnLock = 0x504F525441524348;
    private const int Portion = 2000;

    /// <summary>Takes the turn of who archives; kept until it is disposed of.</summary>
    /// <exception cref="ArchiveException">Another node has it.</exception>
    public async Task<IAsyncDisposable> BeginAsync(CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        try
        {
            // The lock is of a transaction that writes nothing: it is gone with its connection, and delays no reader.
            await connection.BeginTransactionAsync(cancel);
            await using var command = new NpgsqlCommand($"select pg_try_advisory_xact_lock({TurnLock})", connection);
            if (await command.ExecuteScalarAsync(cancel) is true) return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        throw new ArchiveException("ARCHIVE_BUSY", "Another archive is being made or brought back.", "Try again when that is done.");
    }

    /// <summary>The first of some streams that are there, have nothing behind a position, and have so many events together, or one
    /// that has more.</summary>
    public async Task<List<string>> FittingAsync(
        IReadOnlyCollection<string> streams, long upTo, long most, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select s.stream, e.version from unnest($1) with ordinality s (stream, number)
            cross join lateral (
                select * from portal_events.events e where e.stream = s.stream order by e.version desc limit 1) e
            where e.archive is null and e.position <= $2 order by s.number
            """);
        command.Parameters.Add(new() { Value = streams.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = upTo });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var fitting = new List<string>();
        for (var events = 0L; await rows.ReadAsync(cancel) && (events += rows.GetInt64(1)) <= most | fitting.Count == 0;)
            fitting.Add(rows.GetString(0));
        return fitting;
    }

    /// <summary>The events of streams that are not archived, in the order of all events: what rows keep, and what goes.</summary>
    public async Task<List<(KeptEvent Kept, EventLine Line)>> EventsAsync(IReadOnlyCollection<string> streams, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select position, stream, version, id, type, type_version, (extract(epoch from time) * 1000000)::bigint, hash, epoch,
                transaction_id, body::text, metadata::text
            from portal_events.events where stream = any ($1) and archive is null order by epoch, transaction_id, position
            """);
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = streams.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var events = new List<(KeptEvent, EventLine)>();
        while (await rows.ReadAsync(cancel))
        {
            var kept = new KeptEvent(new(rows.GetInt32(8), rows.GetFieldValue<ulong>(9), rows.GetInt64(0)), rows.GetString(1),
                rows.GetInt64(2), rows.GetGuid(3), rows.GetString(4), rows.GetInt32(5), rows.GetInt64(6), rows.GetFieldValue<byte[]>(7));
            events.Add((kept, new(kept.Order.Position, kept.Stream, kept.Version, kept.Id, kept.Type, kept.TypeVersion,
                EventLine.TimeOf(kept.Microseconds), rows.GetString(10), rows.GetString(11), Convert.ToHexStringLower(kept.Hash))));
        }
        return events;
    }

    /// <summary>Takes the contents of streams out, which have these versions.</summary>
    /// <exception cref="ArchiveException">A stream has moved on meanwhile.</exception>
    public async Task OutAsync(StreamsArchived made, string manifest, IReadOnlyList<(string Stream, long Version)> streams,
        EventMetadata metadata, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PermitAsync(connection, made.ArchiveId, cancel);
        await RunAsync(connection, """
            insert into portal_events.archives (id, file, sha256, bytes, streams, events, manifest, made)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            """, cancel, made.ArchiveId, made.File, made.Sha256, made.Bytes, made.Streams, made.Events, manifest, time.GetUtcNow().UtcDateTime);
        var names = streams.Select(one => one.Stream).ToArray();
        var gone = await RunAsync(connection, """
            update portal_events.events set body = null, metadata = null, archive = $1 where stream = any ($2) and archive is null
            """, cancel, made.ArchiveId, names);
        // From here to the end nobody appends, for the moment that it takes. Who waits sees that there is one archive more.
        await HoldAsync(connection, cancel);
        await RunAsync(connection, "update portal_events.meta set archives = archives + 1", cancel);
        if (gone != made.Events || await MovedAsync(connection, names, made.ArchiveId, cancel))
            throw new ArchiveException("STREAM_MOVED_ON", "Something was appended to what is to be archived.", "Archive it anew.");
        await TellAsync(connection, made.ArchiveId, 1, made, metadata, cancel);
        await transaction.CommitAsync(cancel);
        appended();
    }

    /// <summary>Puts the contents of an archive's events back.</summary>
    /// <exception cref="ArchiveException">They do not give the hashes that stand beside them.</exception>
    public async Task<ArchiveRestored> BackAsync(
        ArchiveRow archive, IReadOnlyList<EventLine> lines, EventMetadata metadata, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await PermitAsync(connection, archive.Id, cancel);
        var back = 0L;
        try
        {
            foreach (var portion in lines.Chunk(Portion))
                back += await RunAsync(connection, """
                    update portal_events.events e set body = w.body::json, metadata = w.metadata::json, archive = null
                    from unnest($2, $3, $4) w (position, body, metadata) where e.position = w.position and e.archive = $1
                    """, cancel, archive.Id, portion.Select(line => line.Position).ToArray(),
                    portion.Select(line => line.Body).ToArray(), portion.Select(line => line.Metadata).ToArray());
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.RestrictViolation)
        {
            throw Other();
        }
        if (back != archive.Events) throw Other();
        await RunAsync(connection, "update portal_events.archives set restored = $2 where id = $1", cancel, archive.Id,
            time.GetUtcNow().UtcDateTime);
        var restored = new ArchiveRestored(archive.Id, archive.Streams, archive.Events);
        await TellAsync(connection, archive.Id, 2, restored, metadata, cancel);
        await transaction.CommitAsync(cancel);
        appended();
        return restored;

        ArchiveException Other() => new("ARCHIVE_CHANGED", $"The events in {archive.File} are not those that were archived.",
            "Verify the store and the file.");
    }

    private static async Task HoldAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            await RunAsync(connection, "set local lock_timeout = '10s'; lock table portal_events.events in share row exclusive mode", cancel);
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new ArchiveException("ARCHIVE_BUSY", "Something is being written to the database that does not end.", "Try again later.");
        }
    }

    // The trigger lets through what concerns this archive, until the transaction ends.
    private static Task<int> PermitAsync(NpgsqlConnection connection, Guid archive, CancellationToken cancel) =>
        RunAsync(connection, "select set_config('portal_events.archiving', $1, true)", cancel, archive.ToString());

    private static async Task<bool> MovedAsync(NpgsqlConnection connection, string[] streams, Guid archive, CancellationToken cancel)
    {
        await using var command = Command(connection, "select exists (select from portal_events.events "
            + "where stream = any ($1) and archive is distinct from $2)", streams, archive);
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private async Task TellAsync(NpgsqlConnection connection, Guid archive, long expected, object body, EventMetadata metadata,
        CancellationToken cancel)
    {
        var append = new PendingAppend(
            [new(EventArchives.StreamOf(archive), expected, [new(Guid.CreateVersion7(), body)], metadata)], types);
        var plan = AppendPlan.FromSight([append], await AppendStatements.LookAsync(connection, [append], cancel), EventTime.Now(time));
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { AppendStatements.Insert(plan) } };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        if ((await AppendStatements.PositionsAsync(rows, cancel)).Count != 1)
            throw new InvalidOperationException($"The stream of the archive {archive:n} is not as it was.");
    }

    private static async Task<int> RunAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = Command(connection, sql, values);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
