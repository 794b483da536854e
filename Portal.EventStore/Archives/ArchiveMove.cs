using Npgsql;

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
        throw new ArchiveException(
            "ARCHIVE_BUSY", "Another archive is being made or brought back.", "Try again when that is done.");
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
            """, cancel, made.ArchiveId, made.File, made.Sha256, made.Bytes, made.Streams, made.Events, manifest,
            time.GetUtcNow().UtcDateTime);
        var names = streams.Select(one => one.Stream).ToArray();
        var gone = await RunAsync(connection, """
            update portal_events.events set body = null, metadata = null, archive = $1
            where stream = any ($2) and archive is null
            """, cancel, made.ArchiveId, names);
        // From here to the end nobody appends, for the moment that it takes. Who waits sees that there is one archive more.
        await HoldAsync(connection, cancel);
        await RunAsync(connection, "update portal_events.meta set archives = archives + 1", cancel);
        if (gone != made.Events || await MovedAsync(connection, names, made.ArchiveId, cancel))
            throw Moved();
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

    private static ArchiveException Moved() =>
        new("STREAM_MOVED_ON", "Something was appended to what is to be archived.", "Archive it anew.");

    private static async Task HoldAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            await RunAsync(connection,
                "set local lock_timeout = '10s'; lock table portal_events.events in share row exclusive mode", cancel);
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new ArchiveException(
                "ARCHIVE_BUSY", "Something is being written to the database that does not end.", "Try again later.");
        }
        catch (PostgresException other) when (other.SqlState == PostgresErrorCodes.DeadlockDetected)
        {
            // Who appends on a head that was the last no more waits for what this one does with it, and this one for them.
            throw Moved();
        }
    }

    // The trigger lets through what concerns this archive, until the transaction ends.
    private static Task<int> PermitAsync(NpgsqlConnection connection, Guid archive, CancellationToken cancel) =>
        RunAsync(connection, "select set_config('portal_events.archiving', $1, true)", cancel, archive.ToString());

    private static async Task<bool> MovedAsync(
        NpgsqlConnection connection, string[] streams, Guid archive, CancellationToken cancel)
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
        var sight = await AppendStatements.LookAsync(connection, [append], cancel);
        var plan = AppendPlan.FromSight([append], sight, EventTime.Now(time));
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
