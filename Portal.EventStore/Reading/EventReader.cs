using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>The statements that read events, and how rows become <see cref="Recorded"/>.</summary>
internal static class EventReader
{
    public const string Columns =
        "e.position, e.stream, e.version, e.id, e.type, e.type_version, e.body::text, e.metadata::text, e.time, e.hash, e.archive";

    private const string HandledColumns =
        "e.position, e.stream, e.version, e.id, case when e.type = any ($5) then e.type end, e.type_version, "
        + "case when e.type = any ($5) then e.body::text end, case when e.type = any ($5) then e.metadata::text end, e.time, "
        + "case when e.type = any ($5) then e.hash end, e.archive";

    // The lowest transaction that may still append here: those that run in other databases of the server never do. One that has
    // ended since the snapshot was taken is found in no list of the running any more, and counts as running, unless it was
    // noted before.
    private const string Horizon =
        """
        coalesce((select x from pg_snapshot_xip(pg_current_snapshot()) x
            where x::xid <> all (coalesce(nullif(current_setting('portal.elsewhere', true), ''), '{}')::xid[])
            and not exists (select from pg_stat_get_activity(null) a where a.backend_xid = x::xid
                and a.datid <> (select oid from pg_database where datname = current_database()))
        order by x limit 1), pg_snapshot_xmax(pg_current_snapshot()))
        """;

    // Notes, for the statement behind it in the same batch, what runs in other databases. What was settled once stays so for who
    // asks with it: of all that could come before it, what ends between snapshot and list stands in this one.
    private const string Elsewhere =
        """
        select set_config('portal.elsewhere', coalesce((select array_agg(a.backend_xid) from pg_stat_get_activity(null) a
            where a.backend_xid is not null
                and a.datid <> (select oid from pg_database where datname = current_database()))::text, '{}'), true)
        """;

    // Holds for rows that no running transaction can come before. Rows of earlier epochs are all settled.
    private const string Settled =
        $"(e.epoch < (select epoch from portal_events.meta) or e.transaction_id < (select {Horizon}))";

    private const string After = "(e.epoch, e.transaction_id, e.position) > ($1, $2, $3)";

    /// <summary>Of events behind a place, in order, what is sealed of each, its place, and whether it is settled.</summary>
    public const string HashesBehind =
        $"select e.position, e.hash, e.epoch, e.transaction_id, {Settled} from portal_events.events e where {After} "
        + "order by e.epoch, e.transaction_id, e.position limit $4";

    /// <summary>All events in order, as the hash of each is computed from them.</summary>
    /// <param name="archives">Whether the database is of a schema that knows archives.</param>
    public static string AllToVerify(bool archives) => $"""
        select position, stream, version, id, type, type_version, body::text, metadata::text,
            (extract(epoch from time) * 1000000)::bigint, hash, {(archives ? "archive" : "null::uuid")}, epoch, transaction_id
        from portal_events.events order by epoch, transaction_id, position
        """;

    /// <param name="row">A row of <see cref="Columns"/>.</param>
    /// <param name="types">Makes objects of bodies.</param>
    /// <param name="wanted">Types whose bodies must be readable; null for all. Another's that cannot be read is passed through as
    /// it stands, so that one bad body does not stop everybody who reads everything.</param>
    /// <param name="read">Metadata of the row before, which events of one act share.</param>
    public static Recorded Read(NpgsqlDataReader row, EventTypes types, Func<string, bool>? wanted = null, ReadMetadata? read = null)
    {
        var type = row.GetString(4);
        var version = row.GetInt32(5);
        if (!row.IsDBNull(10)) return Archived(row, type, version);
        var text = row.GetString(6);
        return new(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetGuid(3), type, version, text, Body(types, type, version, text, wanted),
            (read ?? new()).Of(row.GetString(7)),
            new DateTimeOffset(row.GetFieldValue<DateTime>(8), TimeSpan.Zero), row.GetFieldValue<byte[]>(9));
    }

    /// <summary>Events behind a place, in order; of those that are not settled only that they are there.</summary>
    /// <param name="after">The place.</param>
    /// <param name="limit">How many rows at most.</param>
    /// <param name="all">Takes all for settled, for one who keeps every writer away.</param>
    public static NpgsqlBatchCommand BehindCommand(EventOrder after, int limit, bool all = false) => new(
        $"select {Columns}, e.epoch, e.transaction_id, {(all ? "true" : Settled)} from portal_events.events e where {After} "
        + "order by e.epoch, e.transaction_id, e.position limit $4")
    {
        Parameters =
        {
            new() { Value = after.Epoch },
            new() { Value = after.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 },
            new() { Value = after.Position },
            new() { Value = limit },
        },
    };

    /// <summary>The rows of <see cref="BehindCommand"/> up to the first that is not settled.</summary>
    public static async Task<EventPage> PageAsync(
        NpgsqlDataReader rows, EventTypes types, CancellationToken cancel, Func<string, bool>? wanted = null)
    {
        var (events, read) = (new List<Placed>(), new ReadMetadata());
        while (await rows.ReadAsync(cancel))
        {
            if (!rows.GetBoolean(13))
                return new(events, true);
            events.Add(new(PlaceOf(rows), Read(rows, types, wanted, read)));
        }
        return new(events, false);
    }

    /// <summary>The same of which only some types matter: of all others no more than their place is sent and read.</summary>
    /// <param name="after">The place.</param>
    /// <param name="limit">How many rows at most, of all types.</param>
    /// <param name="handled">The types that matter; null for all.</param>
    /// <param name="all">As for <see cref="BehindCommand"/>.</param>
    public static NpgsqlBatchCommand HandledCommand(EventOrder after, int limit, string[]? handled, bool all = false)
    {
        var command = BehindCommand(after, limit, all);
        if (handled is null) return command;
        command.CommandText = command.CommandText.Replace($"select {Columns}, ", $"select {HandledColumns}, ", StringComparison.Ordinal);
        command.Parameters.Add(new() { Value = handled });
        return command;
    }

    /// <summary>The rows of <see cref="HandledCommand"/> up to the first that is not settled.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="types">Makes objects of bodies.</param>
    /// <param name="lenient">Whether a body that cannot be read is passed through as it stands.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<HandledPage> HandledAsync(NpgsqlDataReader rows, EventTypes types, bool lenient, CancellationToken cancel)
    {
        var (events, read, last, count) = (new List<Recorded>(), new ReadMetadata(), EventOrder.Start, 0);
        while (await rows.ReadAsync(cancel))
        {
            if (!rows.GetBoolean(13))
                return new(events, last, count, true);
            (last, count) = (PlaceOf(rows), count + 1);
            if (!rows.IsDBNull(4))
                events.Add(Read(rows, types, lenient ? _ => false : null, read));
        }
        return new(events, last, count, false);
    }

    private static EventOrder PlaceOf(NpgsqlDataReader row) =>
        new(row.GetInt32(11), row.GetFieldValue<ulong>(12), row.GetInt64(0));

    public static async Task<EventPage> BehindAsync(
        NpgsqlDataSource source, EventTypes types, EventOrder after, int limit, CancellationToken cancel,
        Func<string, bool>? wanted = null)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new(Elsewhere), BehindCommand(after, limit) } };
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.NextResultAsync(cancel);
        return await PageAsync(rows, types, cancel, wanted);
    }

    /// <summary>The place of a position; of the nearest one below it where there is no such event.</summary>
    public static async Task<EventOrder> PlaceAsync(NpgsqlDataSource source, long position, CancellationToken cancel)
    {
        if (position <= 0)
            return EventOrder.Start;
        await using var command = source.CreateCommand(
            "select epoch, transaction_id, position from portal_events.events where position <= $1 order by position desc limit 1");
        command.Parameters.Add(new() { Value = position });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await OneAsync(rows, cancel);
    }

    /// <summary>The place of the last settled event.</summary>
    public static async Task<EventOrder> LastAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new(Elsewhere));
        batch.BatchCommands.Add(new($"select e.epoch, e.transaction_id, e.position from portal_events.events e where {Settled} "
            + "order by e.epoch desc, e.transaction_id desc, e.position desc limit 1"));
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.NextResultAsync(cancel);
        return await OneAsync(rows, cancel);
    }

    /// <summary>The largest position of all; 0 where there is none.</summary>
    public static async Task<long> HighestAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select coalesce(max(position), 0) from portal_events.events");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static Recorded Archived(NpgsqlDataReader row, string type, int version) => new(
        row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetGuid(3), type, version, ArchivedEvent.Text, new ArchivedEvent(type, row.GetGuid(10)),
        ArchivedEvent.Metadata, new DateTimeOffset(row.GetFieldValue<DateTime>(8), TimeSpan.Zero), row.GetFieldValue<byte[]>(9));

    /// <summary>The object of a body's text.</summary>
    public static object Body(EventTypes types, string type, int version, string text, Func<string, bool>? wanted)
    {
        try
        {
            return types.Read(type, version, text);
        }
        catch (Exception error) when (wanted?.Invoke(type) == false && error is not OutOfMemoryException)
        {
            return new UnknownEvent(type, text);
        }
    }

    private static async Task<EventOrder> OneAsync(NpgsqlDataReader rows, CancellationToken cancel) => await rows.ReadAsync(cancel)
        ? new(rows.GetInt32(0), rows.GetFieldValue<ulong>(1), rows.GetInt64(2))
        : EventOrder.Start;
}
