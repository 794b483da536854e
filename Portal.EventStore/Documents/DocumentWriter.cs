using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Collects what a projection writes while it handles a batch; the statements go out together at its end.</summary>
internal sealed class DocumentWriter<T>(DocumentTable<T> table, TableSql sql, NpgsqlConnection connection)
    : IDocumentWriter<T> where T : class
{
    private readonly Dictionary<string, T?> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> changed = new(StringComparer.Ordinal);

    public async ValueTask<T?> FindAsync(string id, CancellationToken cancel)
    {
        if (known.TryGetValue(id, out var document))
            return document;
        await using var command = new NpgsqlCommand(sql.Find, connection) { Parameters = { new() { Value = id } } };
        var text = (string?)await command.ExecuteScalarAsync(cancel);
        return known[id] = text is null ? null : JsonSerializer.Deserialize<T>(text, EventTypes.Json);
    }

    public void Put(T document) => Change(table.Id(document), document);

    public void Remove(string id) => Change(id, null);

    public void Flush(NpgsqlBatch batch)
    {
        // In order of ids, so that the statements of two nodes cannot wait for one another.
        var ids = changed.Order(StringComparer.Ordinal).ToList();
        if (ids.Count > 3 && sql.PutMany is { } many && ids.TrueForAll(id => known[id] is not null))
        {
            batch.BatchCommands.Add(PutCommand(many, ids.ConvertAll(id => known[id]!)));
            return;
        }
        foreach (var id in ids)
            batch.BatchCommands.Add(known[id] is { } document ? PutCommand(id, document) : RemoveCommand(id));
    }

    private NpgsqlBatchCommand PutCommand(string many, List<T> documents)
    {
        var command = new NpgsqlBatchCommand(many)
        {
            Parameters =
            {
                new() { Value = documents.ConvertAll(table.Id.Invoke).ToArray() },
                new()
                {
                    Value = documents.ConvertAll(document => JsonSerializer.Serialize(document, EventTypes.Json)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Json,
                },
            },
        };
        foreach (var column in table.Columns)
        {
            var type = sql.TypeOf(column.Name);
            command.Parameters.Add(new()
            {
                Value = type.Many(documents.ConvertAll(document => type.Value(column.Value(document)))),
                NpgsqlDbType = NpgsqlDbType.Array | type.Db,
            });
        }
        return command;
    }

    private void Change(string id, T? document)
    {
        known[id] = document;
        changed.Add(id);
    }

    private NpgsqlBatchCommand RemoveCommand(string id) => new(sql.Remove) { Parameters = { new() { Value = id } } };

    private NpgsqlBatchCommand PutCommand(string id, T document)
    {
        var command = new NpgsqlBatchCommand(sql.Put)
        {
            Parameters =
            {
                new() { Value = id },
                new() { Value = JsonSerializer.Serialize(document, EventTypes.Json), NpgsqlDbType = NpgsqlDbType.Json },
            },
        };
        foreach (var column in table.Columns)
        {
            var type = sql.TypeOf(column.Name);
            command.Parameters.Add(new() { Value = type.Value(column.Value(document)), NpgsqlDbType = type.Db });
        }
        return command;
    }
}
