using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Portal.EventStore;

/// <summary>A projection bound to its table, whatever its class of documents.</summary>
internal abstract class ProjectionTable(string name, string create, string drop, Type document, bool inline, int version)
{
    /// <summary>The statements for its documents.</summary>
    /// <exception cref="InvalidOperationException">It holds none.</exception>
    public virtual TableSql Sql => throw new InvalidOperationException($"The table {name} holds no documents.");

    public string Name => name;

    /// <summary>Makes the table; it is rebuilt when this text changes.</summary>
    public string Create => create;

    public string Drop => drop;

    public Type Document => document;

    public bool Inline => inline;

    public int Version => version;

    /// <summary>Key of the advisory lock of whoever writes to the table.</summary>
    public long LockKey { get; } = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes("portal projection " + name)));

    /// <summary>Where the contents of archived events are, for who reads others than those that are folded.</summary>
    public ArchivedBodies? Archived { get; set; }

    /// <summary>Stored names of the types that it handles; null for all, of which none need be readable.</summary>
    public virtual string[]? Handled => null;

    /// <summary>Whether it handles events of a type, whose bodies must be readable then.</summary>
    public bool Handles(string type) => Handled?.Contains(type) == true;

    /// <summary>How many events go into one round at most, where it is not far behind.</summary>
    public virtual int PageSize => 500;

    /// <summary>How long events gather for a round, where many come. A round costs the database ten statements, whether it folds one
    /// event or a hundred.</summary>
    public virtual TimeSpan Gathering => TimeSpan.FromMilliseconds(25);

    /// <summary>Makes at once what <see cref="FilledAsync"/> makes late: for a store with little in it.</summary>
    public virtual string Rest => "";

    /// <summary>Makes what is cheaper made once the table has been filled; called when there is nothing more to fold.</summary>
    public virtual Task FilledAsync(NpgsqlDataSource source, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Folds those of the events that it handles, reading by the connection, and adds its statements to the batch.</summary>
    public abstract Task ApplyAsync(
        NpgsqlConnection connection, IEnumerable<Recorded> events, NpgsqlBatch writes, CancellationToken cancel);
}

internal sealed class ProjectionTable<T> : ProjectionTable where T : class
{
    private readonly Projection<T> projection;
    private readonly DocumentTable<T> table;

    public ProjectionTable(Projection<T> projection, EventTypes types) : this(projection, projection.Table, types,
        new(projection.Table.Name, projection.Table.Columns.Select(column => (column.Name, column.SqlType)), projection.Table.Indices))
    {
    }

    private ProjectionTable(Projection<T> projection, DocumentTable<T> table, EventTypes types, TableSql sql)
        : base(sql.Name, sql.Create, sql.Drop, typeof(T), projection.Inline, projection.Version)
    {
        (this.projection, this.table, Sql) = (projection, table, sql);
        Handled = [.. projection.Handles.Select(type => types.Of(type).Name)];
    }

    public override TableSql Sql { get; }

    public override string[] Handled { get; }

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
