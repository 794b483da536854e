using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Searches the table of the index, and reads what is found where the events are.</summary>
/// <param name="source">Connections whose statements are planned each by itself: how many events a value has decides the way.</param>
/// <param name="types">Makes objects of bodies.</param>
/// <param name="index">The index; null where the store has none.</param>
/// <param name="retrying">Waits for a database that restarts.</param>
internal sealed class StoredEventSearch(NpgsqlDataSource source, EventTypes types, EventIndexTable? index, Retrying retrying) : IEventSearch
{
    private const int MostCounted = 10_000, Portion = 2_000, Nearest = 20_000;

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
            if (search.Text is not null && !range.Empty)
                found = await RowsAsync(connection, conditions, Near(range, newestFirst), newestFirst, limit + 1, Read, token);
            if (found.Count <= limit && !range.Empty)
                found = await RowsAsync(connection, conditions, range, newestFirst, limit + 1, Read, token, byIndex: search.Text is not null || search.ByKeys);
            return new EventsFound(found.Count > limit ? found.GetRange(0, limit) : found, found.Count > limit);
        }, cancel);

    public Task<EventCount> CountAsync(EventSearch search, CancellationToken cancel) => retrying.RunAsync(async token =>
    {
        var conditions = new SearchConditions(Index, search);
        await using var connection = await source.OpenConnectionAsync(token);
        var range = await RangeAsync(connection, conditions, token);
        if (range.Empty) return new EventCount(0, false);
        if (conditions.OnlyPlaces) return new(range.Last - range.First + 1, false);
        var counted = (long)(await AskAsync(connection, command => $"select count(*) from (select from {Index.Statements.Table} i "
            + $"where {conditions.Where(command, range)} limit {MostCounted + 1}) counted", token))!;
        if (counted <= MostCounted) return new(counted, false);
        var plan = (string)(await AskAsync(connection, command => $"explain (format json) select from {Index.Statements.Table} i "
            + $"where {conditions.Where(command, range)}", token))!;
        var guess = JsonElement.Parse(plan)[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
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
            return await RowsAsync(connection, conditions, range, false, Portion, TextOf, token);
        }, cancel);

    // Words that stand in many events may never stand in one: nobody can guess how many they are. Where a look at the nearest is not enough
    // they are few, and the index of words is asked.
    private static NumberRange Near(NumberRange range, bool newestFirst) => newestFirst
        ? range with { First = Math.Max(range.First, range.Last - Nearest) }
        : range with { Last = Math.Min(range.Last, range.First + Nearest) };

    private static async Task<NumberRange> RangeAsync(NpgsqlConnection connection, SearchConditions conditions, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { conditions.RangeCommand() } };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.ReadAsync(cancel);
        return new(rows.GetInt64(0), rows.GetInt64(1));
    }

    private async Task<List<T>> RowsAsync<T>(NpgsqlConnection connection, SearchConditions conditions, NumberRange range,
        bool newestFirst, int limit, Func<NpgsqlDataReader, T> read, CancellationToken cancel, bool byIndex = false)
    {
        var command = new NpgsqlBatchCommand();
        var way = newestFirst ? "desc" : "asc";
        command.CommandText = $"""
            with found as materialized (select i.number, i.position, i.actor, i.door, i.correlation from {Index.Statements.Table} i
                where {conditions.Where(command, range)}
                order by i.number{(byIndex ? " + 0" : "")} {way} limit {limit.ToString(CultureInfo.InvariantCulture)})
            select {EventReader.Columns}, f.number, f.actor, f.door, f.correlation from found f join portal_events.events e on e.position = f.position
            order by f.number {way}
            """;
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        var found = new List<T>();
        while (await rows.ReadAsync(cancel)) found.Add(read(rows));
        return found;
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
}
