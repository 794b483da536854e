using Npgsql;

namespace Portal.EventStore;

/// <summary>The rows of <c>portal_events.projection</c>: makes and remakes the tables, and says how far each has come.</summary>
internal static class ProjectionState
{
    private const int RebuildPage = 5000;
    private const long Small = 20_000;

    /// <summary>Sees to it that each table stands as declared. One that is new or declared differently is made from nothing:
    /// an inline one is filled at once while its writers wait, an asynchronous one fills up behind the tail.</summary>
    /// <exception cref="ArchiveException">The file of an archive is not there as it was written: nothing was changed.</exception>
    public static async Task PrepareAsync(
        NpgsqlDataSource source, EventTypes types, IReadOnlyList<ProjectionTable> projections, ArchivedBodies archived,
        CancellationToken cancel)
    {
        await ForgetAsync(source, projections, cancel);
        foreach (var projection in projections)
        {
            await using var connection = await source.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await RunAsync(connection, $"select pg_advisory_xact_lock({EventSchema.MigrationLock}); "
                + $"select pg_advisory_xact_lock({projection.LockKey})", cancel);
            if (await StandsAsync(connection, projection, cancel))
                continue;
            // The rows that stand go only where all that they are made of is there.
            await archived.CheckAsync(cancel);
            await RunAsync(connection, projection.Drop + projection.Create, cancel);
            await using (var note = new NpgsqlCommand("""
                insert into portal_events.projection (name, version, declaration, inline) values ($1, $2, $3, $4)
                on conflict (name) do update set version = excluded.version, declaration = excluded.declaration,
                    inline = excluded.inline, position = 0, updated = now(), failures = 0, error = null
                """, connection))
            {
                note.Parameters.Add(new() { Value = projection.Name });
                note.Parameters.Add(new() { Value = projection.Version });
                note.Parameters.Add(new() { Value = projection.Create });
                note.Parameters.Add(new() { Value = projection.Inline });
                await note.ExecuteNonQueryAsync(cancel);
            }
            if (projection.Rest.Length > 0 && await IsSmallAsync(connection, cancel))
                await RunAsync(connection, projection.Rest, cancel);
            if (projection.Inline)
                await FillAsync(connection, types, projection, archived, cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>The place up to which a projection has seen everything; null when it is another node's of a newer version.</summary>
    public static NpgsqlBatchCommand PlaceCommand(ProjectionTable projection) => new("""
        select coalesce(e.epoch, 0), coalesce(e.transaction_id, '0'::xid8), coalesce(e.position, 0)
        from portal_events.projection p left join portal_events.events e on e.position = p.position
        where p.name = $1 and p.version = $2 and p.declaration = $3
        """)
    {
        Parameters =
        {
            new() { Value = projection.Name },
            new() { Value = projection.Version },
            new() { Value = projection.Create },
        },
    };

    public static NpgsqlBatchCommand MovedCommand(ProjectionTable projection, long position) => new(
        "update portal_events.projection set position = $2, updated = now(), failures = 0, error = null where name = $1")
    {
        Parameters = { new() { Value = projection.Name }, new() { Value = position } },
    };

    public static async Task FailedAsync(
        NpgsqlDataSource source, ProjectionTable projection, int failures, string error, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "update portal_events.projection set failures = $2, error = $3 where name = $1");
        command.Parameters.Add(new() { Value = projection.Name });
        command.Parameters.Add(new() { Value = failures });
        command.Parameters.Add(new() { Value = error });
        await command.ExecuteNonQueryAsync(cancel);
    }

    public static async Task<IReadOnlyList<ProjectionStatus>> ReadAsync(
        NpgsqlDataSource source, IReadOnlyList<ProjectionTable> projections, CancellationToken cancel)
    {
        var last = await EventReader.LastAsync(source, cancel);
        await using var command = source.CreateCommand(
            "select name, version, position, updated, failures, error from portal_events.projection");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, ProjectionStatus>();
        while (await rows.ReadAsync(cancel))
            found[rows.GetString(0)] = new(rows.GetString(0), rows.GetInt32(1), false, rows.GetInt64(2), last.Position,
                new DateTimeOffset(rows.GetDateTime(3), TimeSpan.Zero), rows.GetInt32(4), rows.IsDBNull(5) ? null : rows.GetString(5));
        return [.. projections.Select(projection => projection.Inline
            ? found[projection.Name] with { Inline = true, Position = last.Position }
            : found[projection.Name])];
    }

    private static async Task<bool> StandsAsync(NpgsqlConnection connection, ProjectionTable projection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select version > $2 or (version = $2 and declaration = $3 and inline = $4) from portal_events.projection where name = $1", connection);
        command.Parameters.Add(new() { Value = projection.Name });
        command.Parameters.Add(new() { Value = projection.Version });
        command.Parameters.Add(new() { Value = projection.Create });
        command.Parameters.Add(new() { Value = projection.Inline });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    // What is appended from here on does not reach inline read models that this node does not have: when they come back,
    // they must be made anew.
    private static async Task ForgetAsync(NpgsqlDataSource source, IReadOnlyList<ProjectionTable> projections, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "update portal_events.projection set declaration = '', version = 0 where inline and name <> all ($1)");
        command.Parameters.Add(new() { Value = projections.Select(projection => projection.Name).ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    // Whoever appends what the projection handles holds its lock until the commit: all such events are settled here.
    private static async Task FillAsync(
        NpgsqlConnection connection, EventTypes types, ProjectionTable projection, ArchivedBodies archived, CancellationToken cancel)
    {
        var place = EventOrder.Start;
        HandledPage page;
        do
        {
            await using var read = new NpgsqlBatch(connection)
            {
                BatchCommands = { EventReader.HandledCommand(place, RebuildPage, projection.Handled, true) },
            };
            await using (var rows = await read.ExecuteReaderAsync(cancel))
                page = await EventReader.HandledAsync(rows, types, projection.Handled is null, cancel);
            if (page.Count == 0)
                return;
            place = page.Last;
            await archived.FillAsync(page.Events, projection.Handled is null, cancel);
            await using var writes = new NpgsqlBatch(connection);
            await projection.ApplyAsync(connection, page.Events, writes, cancel);
            if (writes.BatchCommands.Count > 0)
                await writes.ExecuteNonQueryAsync(cancel);
        }
        while (page.Count == RebuildPage);
    }

    private static async Task<bool> IsSmallAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(position), 0) from portal_events.events", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))! <= Small;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
