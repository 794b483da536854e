using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>The statements of appending: one that writes, one that looks, one that holds read models.</summary>
internal static class AppendStatements
{
    private const string InsertSql = """
        insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
        select m.epoch, u.* from portal_events.meta m, unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) u where m.archives = $10 returning position
        """;

    // The same for the usual case: arrays of one cost both sides a third more.
    private const string InsertOneSql = """
        insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
        select epoch, $1, $2, $3, $4, $5, $6, $7, $8, $9 from portal_events.meta where archives = $10 returning position
        """;

    private const string HeadsSql = """
        select s.stream, e.version, e.hash, (extract(epoch from e.time) * 1000000)::bigint, a.id, a.file, a.made from unnest($1) s (stream)
        cross join lateral (select * from portal_events.events e where e.stream = s.stream order by e.version desc limit 1) e
        left join portal_events.archives a on a.id = e.archive
        """;

    private const string KnownSql = """
        select e.stream, e.id, e.version, e.position, (extract(epoch from e.time) * 1000000)::bigint from unnest($1, $2) w (stream, id)
        join portal_events.events e on e.stream = w.stream and e.id = w.id
        """;

    // Before the heads: where an archive is made in between, the insert finds out.
    private const string ArchivesSql = "select archives from portal_events.meta";

    /// <summary>Writes the rows in their order and answers their positions; nothing where more archives have been made than the plan
    /// knows of.</summary>
    public static NpgsqlBatchCommand Insert(AppendPlan plan) =>
        plan.Rows.Count == 1 ? InsertOne(plan.Rows[0], plan.Archives) : InsertAll(plan.Rows, plan.Archives);

    private static NpgsqlBatchCommand InsertAll(List<EventRow> rows, int archives) => new(InsertSql)
    {
        Parameters =
        {
            Column(NpgsqlDbType.Text, rows, row => row.Stream),
            Column(NpgsqlDbType.Bigint, rows, row => row.Version),
            Column(NpgsqlDbType.Uuid, rows, row => row.Event.Id),
            Column(NpgsqlDbType.Text, rows, row => row.Event.Type),
            Column(NpgsqlDbType.Integer, rows, row => row.Event.TypeVersion),
            Column(NpgsqlDbType.Json, rows, row => row.Event.Body),
            Column(NpgsqlDbType.Json, rows, row => row.Event.Metadata),
            Column(NpgsqlDbType.TimestampTz, rows, row => EventTime.Of(row.Microseconds).UtcDateTime),
            Column(NpgsqlDbType.Bytea, rows, row => row.Hash),
            Value(NpgsqlDbType.Integer, archives),
        },
    };

    private static NpgsqlBatchCommand InsertOne(EventRow row, int archives) => new(InsertOneSql)
    {
        Parameters =
        {
            Value(NpgsqlDbType.Text, row.Stream),
            Value(NpgsqlDbType.Bigint, row.Version),
            Value(NpgsqlDbType.Uuid, row.Event.Id),
            Value(NpgsqlDbType.Text, row.Event.Type),
            Value(NpgsqlDbType.Integer, row.Event.TypeVersion),
            Value(NpgsqlDbType.Json, row.Event.Body),
            Value(NpgsqlDbType.Json, row.Event.Metadata),
            Value(NpgsqlDbType.TimestampTz, EventTime.Of(row.Microseconds).UtcDateTime),
            Value(NpgsqlDbType.Bytea, row.Hash),
            Value(NpgsqlDbType.Integer, archives),
        },
    };

    /// <summary>Keeps other writers away from read models until the transaction ends. In one order, so that two nodes cannot wait for
    /// one another.</summary>
    public static NpgsqlBatchCommand Hold(IEnumerable<ProjectionTable> projections) =>
        new("select pg_advisory_xact_lock(k) from unnest($1) k")
        {
            Parameters = { Array(NpgsqlDbType.Bigint, projections.Select(projection => projection.LockKey).Order().ToArray()) },
        };

    /// <summary>The positions, once the rows are written.</summary>
    public static async Task<List<long>> PositionsAsync(NpgsqlDataReader rows, CancellationToken cancel)
    {
        var positions = new List<long>();
        while (await rows.ReadAsync(cancel))
            positions.Add(rows.GetInt64(0));
        return positions;
    }

    /// <summary>Where the streams of the appends stand, and which of their events are there already.</summary>
    public static async Task<AppendSight> LookAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends, CancellationToken cancel)
    {
        var streams = appends.SelectMany(append => append.Streams).ToList();
        var wanted = streams.SelectMany(stream => stream.Events, (stream, one) => (stream.Stream, one.Id)).ToList();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new(ArchivesSql),
                new(HeadsSql) { Parameters = { Column(NpgsqlDbType.Text, streams, stream => stream.Stream) } },
                new(KnownSql)
                {
                    Parameters = { Column(NpgsqlDbType.Text, wanted, one => one.Stream), Column(NpgsqlDbType.Uuid, wanted, one => one.Id) },
                },
            },
        };
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        var archives = rows.GetInt32(0);
        await rows.NextResultAsync(cancel);
        var heads = new Dictionary<string, StreamHead>(StringComparer.Ordinal);
        var archived = new Dictionary<string, StreamArchive>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel))
        {
            heads[rows.GetString(0)] = new(rows.GetInt64(1), rows.GetFieldValue<byte[]>(2), rows.GetInt64(3));
            if (!rows.IsDBNull(4))
                archived[rows.GetString(0)] = new(rows.GetGuid(4), rows.GetString(5), new(rows.GetDateTime(6), TimeSpan.Zero));
        }
        await rows.NextResultAsync(cancel);
        var known = new Dictionary<(string, Guid), (long, long, long)>();
        while (await rows.ReadAsync(cancel))
            known[(rows.GetString(0), rows.GetGuid(1))] = (rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4));
        return new(heads, known, archived, archives);
    }

    private static NpgsqlParameter Column<TRow, T>(NpgsqlDbType type, List<TRow> rows, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return Array(type, values);
    }

    private static NpgsqlParameter Value<T>(NpgsqlDbType type, T value) =>
        new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, T[] values) =>
        new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
