using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Portal.EventStore;

/// <summary>A projection bound to its table, whatever its class of documents.</summary>
internal abstract class ProjectionTable(TableSql sql, Type document, bool inline, int version, HashSet<string> handled)
{
    public TableSql Sql => sql;

    public string Name => sql.Name;

    public Type Document => document;

    public bool Inline => inline;

    public int Version => version;

    /// <summary>Key of the advisory lock of whoever writes to the table.</summary>
    public long LockKey { get; } = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("portal projection " + sql.Name)));

    /// <summary>Stored names of the types that it handles.</summary>
    public string[] Handled { get; } = [.. handled];

    public bool Handles(string type) => handled.Contains(type);

    /// <summary>Folds those of the events that it handles, reading by the connection, and adds its statements to the batch.</summary>
    public abstract Task ApplyAsync(
        NpgsqlConnection connection, IEnumerable<Recorded> events, NpgsqlBatch writes, CancellationToken cancel);
}

internal sealed class ProjectionTable<T>(Projection<T> projection, EventTypes types) : ProjectionTable(
    new TableSql(projection.Table.Name, projection.Table.Columns.Select(column => (column.Name, column.SqlType)),
        projection.Table.Indices),
    typeof(T), projection.Inline, projection.Version,
    [.. projection.Handles.Select(type => types.Of(type).Name)]) where T : class
{
    private readonly DocumentTable<T> table = projection.Table;

    public override async Task ApplyAsync(
        NpgsqlConnection connection, IEnumerable<Recorded> events, NpgsqlBatch writes, CancellationToken cancel)
    {
        var documents = new DocumentWriter<T>(table, Sql, connection);
        foreach (var recorded in events)
            if (Handles(recorded.Type))
                await ProjectionException.NamingAsync(Name, recorded, () => projection.ApplyAsync(recorded, documents, cancel));
        documents.Flush(writes);
    }
}
