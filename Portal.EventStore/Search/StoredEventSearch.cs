using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Searches the table of the index, and reads what is found where the events are.</summary>
/// <param name="source">Connections whose statements are planned each by itself: how many events a value has decides the way.</param>
/// <param name="types">Makes objects of bodies.</param>
/// <param name="projections">The read models, the index among them where the store has one.</param>
/// <param name="retrying">Waits for a database that restarts.</param>
internal sealed class StoredEventSearch(
    NpgsqlDataSource source, EventTypes types, IReadOnlyList<ProjectionTable> projections, Retrying retrying) : IEventSearch
{
    private const int MostCounted = 10_000, Portion = 2_000;

    private readonly EventIndexTable? index = projections.OfType<EventIndexTable>().SingleOrDefault();

    private EventIndexTable Index => index ?? throw new InvalidOperationException("This store has no index of events.");

    public Task<EventsFound> PageAsync(EventSearch search, bool newestFirst, int limit, CancellationToken cancel) =>
        retrying.RunAsync(async token =>
        {
            var conditions = new SearchConditions(Index, search);
            await using var connection = await source.OpenConnectionAsync(token);
            var range = await RangeAsync(connection, conditions, token);
            // One more than asked tells whether more follow.
            // Who did what is archived stands in the index.
            Recorded Read(NpgsqlDataReader rows) => EventReader.Read(rows, types, _ => false) is var read && read.Body is ArchivedEvent
                ? read with { Metadata = new(rows.GetString(12), "", rows.GetString(13), rows.GetGuid(14)) } : read;
            List<Recorded> found = [];
            foreach (var (part, way) in SearchWays.Of(search, range, newestFirst))
            {
                if (found.Count > limit) break;
                found = await RowsAsync(connection, command => Found(conditions, command, part, newestFirst, limit + 1, way),
                    newestFirst, Read, token);
            }
            return new EventsFound(found.Count > limit ? found.GetRange(0, limit) : found, found.Count > limit);
        }, cancel);

    public Task<EventCount> CountAsync(EventSearch search, CancellationToken cancel) => retrying.RunAsync(async token =>
    {
        var conditions = new SearchConditions(Index, search);
        await using var connection = await source.OpenConnectionAsync(token);
        var range = await RangeAsync(connection, conditions, token);
        if (range.Empty) return new EventCount(0, false);
        if (conditions.OnlyPlaces) return new(range.Last - range.First + 1, false);
        var counted = (long)(await AskAsync(connection, command => SetOf(conditions)?.Count(command, range, MostCounted + 1)
            ?? $"select count(*) from ({Matching(conditions, command, range)} limit {MostCounted + 1}) counted", token))!;
        if (counted <= MostCounted) return new(counted, false);
        var guess = SetOf(conditions) is { } set
            ? (double)(await AskAsync(connection, command => set.Guess(command, range), token))!
            : await PlannedAsync(connection, command => Matching(conditions, command, range), token);
        return new(Math.Max(counted, (long)guess), true);
    }, cancel);

    public Task<long> LastPositionAsync(CancellationToken cancel) => retrying.RunAsync(async token =>
    {
        await using var connection = await source.OpenConnectionAsync(token);
        var last = await AskAsync(connection, _ => $"select position from {Index.Statements.Table} order by number desc limit 1", token);
        return last is long position ? position : 0;
    }, cancel);

    public Task<IReadOnlyDictionary<long, Guid>> KeysAsync(
        string key, IReadOnlyCollection<long> positions, CancellationToken cancel) => retrying.RunAsync(async token =>
        {
            var column = EventIndexSql.Column(key);
            await using var command = source.CreateCommand($"select position, {column} from {Index.Statements.Table} "
                + $"where position = any ($1) and {column} is not null");
            command.Parameters.Add(new() { Value = positions.ToArray() });
            await using var rows = await command.ExecuteReaderAsync(token);
            var found = new Dictionary<long, Guid>();
            while (await rows.ReadAsync(token)) found[rows.GetInt64(0)] = rows.GetGuid(1);
            return (IReadOnlyDictionary<long, Guid>)found;
        }, cancel);

    public async IAsyncEnumerable<IReadOnlyList<EventText>> ReadAsync(EventSearch search, [EnumeratorCancellation] CancellationToken cancel)
    {
        var conditions = new SearchConditions(Index, search);
        var range = await retrying.RunAsync(async token =>
        {
            await using var connection = await source.OpenConnectionAsync(token);
            return await RangeAsync(connection, conditions, token);
        }, cancel);
        // The database reads the next portion while this one is taken. Who stops taking stops the reading.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var coming = PortionAsync(conditions, range, end.Token);
        try
        {
            while (true)
            {
                var portion = await coming;
                if (portion.Count == Portion)
                    coming = PortionAsync(conditions, range = range with { First = portion[^1].Number + 1 }, end.Token);
                if (portion.Count > 0) yield return portion.ConvertAll(row => row.Text);
                if (portion.Count < Portion) yield break;
            }
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAny(coming);
        }
    }

    private Task<List<(long Number, EventText Text)>> PortionAsync(
        SearchConditions conditions, NumberRange range, CancellationToken cancel) => retrying.RunAsync(async token =>
        {
            if (range.Empty) return [];
            await using var connection = await source.OpenConnectionAsync(token);
            return await RowsAsync(
                connection, command => Found(conditions, command, range, false, Portion, SearchWay.Along), false, TextOf, token);
        }, cancel);

    private static async Task<NumberRange> RangeAsync(NpgsqlConnection connection, SearchConditions conditions, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { conditions.RangeCommand() } };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return new(rows.GetInt64(0), rows.GetInt64(1));
    }

    private SetConditions? SetOf(SearchConditions conditions) => conditions.Among is not { } set ? null
        : new(conditions, set, projections.First(table => table.Document == set.Document).Sql, Index.Statements.Table);

    private string Matching(SearchConditions conditions, NpgsqlBatchCommand command, NumberRange range) =>
        $"select from {Index.Statements.Table} i where {conditions.Where(command, range)}";

    private string Found(
        SearchConditions conditions, NpgsqlBatchCommand command, NumberRange range, bool newestFirst, int limit, SearchWay way)
    {
        var (direction, set) = (newestFirst ? "desc" : "asc", SetOf(conditions));
        if (set is not null && way == SearchWay.ByDocument) return set.Page(command, range, direction, limit);
        var among = set is null ? "" : $" and {set.Test(command)}";
        return $"select i.number, i.position, i.actor, i.door, i.correlation from {Index.Statements.Table} i "
            + $"where {conditions.Where(command, range)}{among} "
            + $"order by i.number{(way == SearchWay.ByIndex ? " + 0" : "")} {direction} limit {limit.ToString(CultureInfo.InvariantCulture)}";
    }

    private static async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, Func<NpgsqlBatchCommand, string> found,
        bool newestFirst, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = $"""
            with found as materialized ({found(command)})
            select {EventReader.Columns}, f.number, f.actor, f.door, f.correlation from found f join portal_events.events e on e.position = f.position
            order by f.number {(newestFirst ? "desc" : "asc")}
            """;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        var list = new List<T>();
        while (await rows.ReadAsync(cancel)) list.Add(read(rows));
        return list;
    }

    private static (long Number, EventText Text) TextOf(NpgsqlDataReader row) => (row.GetInt64(11), new(row.GetInt64(0), row.GetString(1),
        row.GetInt64(2), row.GetGuid(3), row.GetString(4), row.GetInt32(5),
        row.IsDBNull(6) ? "null" : row.GetString(6), row.IsDBNull(7) ? "null" : row.GetString(7), row.GetDateTime(8),
        row.GetFieldValue<byte[]>(9)) { Archive = row.IsDBNull(10) ? null : row.GetGuid(10) });

    private static async Task<object?> AskAsync(
        NpgsqlConnection connection, Func<NpgsqlBatchCommand, string> sql, CancellationToken cancel)
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = sql(command);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        return await batch.ExecuteScalarAsync(cancel);
    }

    // As many as the database thinks.
    private static async Task<double> PlannedAsync(
        NpgsqlConnection connection, Func<NpgsqlBatchCommand, string> sql, CancellationToken cancel) =>
        JsonElement.Parse((string)(await AskAsync(connection, command => $"explain (format json) {sql(command)}", cancel))!)[0]
            .GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
}
