using System.Text.Json;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Reads the tables that the projections write.</summary>
internal sealed class StoredDocuments(
    NpgsqlDataSource source, IReadOnlyList<ProjectionTable> projections, Retrying retrying, Wake progress) : IDocuments
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<Type, ProjectionTable> tables = projections.ToDictionary(projection => projection.Document);

    public Task<T?> FindAsync<T>(string id, CancellationToken cancel) where T : class
    {
        var table = TableOf<T>();
        return retrying.RunAsync(async token =>
        {
            await using var command = source.CreateCommand(table.Sql.Find);
            command.Parameters.Add(new() { Value = id });
            return await command.ExecuteScalarAsync(token) is string text ? Read<T>(text) : null;
        }, cancel);
    }

    public Task<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancel) where T : class
    {
        if (query.Limit < 1 || query.Offset < 0)
            throw new DocumentQueryException("A page has at least one row, and passes over none or more.");
        if ((query.Backward ? query.After : query.Before) is not null)
            throw new DocumentQueryException("A page begins behind a cursor, or ends in front of one; not both.");
        var sql = TableOf<T>().Sql;
        if (query.OrderBy is not null && sql.TypeOf(query.OrderBy).Sql == "text[]")
            throw new DocumentQueryException($"{sql.Name} cannot be sorted by {query.OrderBy}.");
        return retrying.RunAsync(token => PageAsync<T>(sql, query, token), cancel);
    }

    public Task<IReadOnlyList<DocumentGroup>> GroupAsync<T>(DocumentGrouping query, CancellationToken cancel) where T : class
    {
        var sql = TableOf<T>().Sql;
        return retrying.RunAsync<IReadOnlyList<DocumentGroup>>(async token =>
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(GroupStatement.Of(sql, query));
            await using var rows = await batch.ExecuteReaderAsync(token);
            var (groups, keys) = (new List<DocumentGroup>(), query.By.Count);
            while (await rows.ReadAsync(token))
                groups.Add(new(
                    [.. Enumerable.Range(0, keys).Select(at => rows.IsDBNull(at) ? null : rows.GetString(at))],
                    [.. Enumerable.Range(keys, query.Measures.Count).Select(at => rows.IsDBNull(at) ? (double?)null : rows.GetDouble(at))]));
            return groups;
        }, cancel);
    }

    public async Task CaughtUpAsync<T>(long position, CancellationToken cancel) where T : class
    {
        var table = TableOf<T>();
        if (table.Inline || position <= 0)
            return;
        while (true)
        {
            // Taken before looking: what comes meanwhile is not missed. Another node's progress is seen by looking again.
            var next = progress.Next;
            if (await retrying.RunAsync(token => HasSeenAsync(table, position, token), cancel))
                return;
            await Task.WhenAny(next, Task.Delay(LookAgain, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<DocumentPage<T>> PageAsync<T>(TableSql sql, DocumentQuery query, CancellationToken cancel) where T : class
    {
        var statements = new PageStatements(sql, query);
        var found = new List<(string Id, string Body, object? Value)>();
        foreach (var part in statements.Parts())
        {
            if (found.Count > query.Limit)
                break;
            // One more than asked tells whether more follow.
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(part(query.Limit + 1 - found.Count));
            await using var rows = await batch.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
                found.Add((rows.GetString(0), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetValue(2)));
        }
        var items = found.Take(query.Limit).ToList();
        if (query.Backward)
            items.Reverse();
        var cursors = items.ConvertAll(item => new DocumentCursor(
            query.OrderBy, query.Descending, item.Value is null ? null : ColumnType.Write(item.Value), item.Id).Write());
        return new([.. items.Select(item => Read<T>(item.Body))], await TotalAsync(statements, query, cancel),
            found.Count > query.Limit ? cursors[query.Backward ? 0 : ^1] : null) { Cursors = cursors };
    }

    private async Task<long?> TotalAsync(PageStatements statements, DocumentQuery query, CancellationToken cancel)
    {
        if (!query.Count)
            return null;
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(statements.Count());
        return (long)(await batch.ExecuteScalarAsync(cancel))!;
    }

    private async Task<bool> HasSeenAsync(ProjectionTable table, long position, CancellationToken cancel)
    {
        // The order is by transaction first: one with a lower position may come behind the one that is asked for.
        await using var command = source.CreateCommand("""
            select not exists (select from (
                select from portal_events.events e
                where (e.epoch, e.transaction_id, e.position) > (s.epoch, s.transaction_id, s.position) and e.position <= $2
                order by e.epoch, e.transaction_id, e.position limit 1) behind)
            from portal_events.projection p join portal_events.events s on s.position = p.position where p.name = $1
            """);
        command.Parameters.Add(new() { Value = table.Name });
        command.Parameters.Add(new() { Value = position });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private ProjectionTable TableOf<T>() => tables.TryGetValue(typeof(T), out var table)
        ? table
        : throw new InvalidOperationException($"No projection writes {typeof(T)}.");

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, EventTypes.Json)!;
}
