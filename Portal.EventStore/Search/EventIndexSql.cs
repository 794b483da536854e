namespace Portal.EventStore;

/// <summary>The statements for the table of an <see cref="EventIndex"/>. Its rows are numbered without holes in the order of all events,
/// and <c>latest</c> is the largest time up to each: numbers and moments go up together, also where clocks went backwards.</summary>
internal sealed class EventIndexSql
{
    public EventIndexSql(string name, IReadOnlyList<EventKey> keys)
    {
        Table = $"portal_documents.\"{name}\"";
        var columns = keys.Select(key => Column(key.Name)).ToList();
        Indices =
        [
            Index("position", "unique", "(position)"),
            Index("latest", "", "(latest, number)"),
            Index("late", "", "((latest - time)) where time < latest"),
            .. new[] { "type", "actor", "door", "correlation" }.Select(column => Index(column, "", $"({column}, number)")),
            .. keys.Select(key => Index(key.Name, "", $"({Column(key.Name)}, number) where {Column(key.Name)} is not null")),
            // What waits in a list of its own must be looked through by every question: it is kept short.
            Index("words", "", "using gin (words) with (gin_pending_list_limit = 256)"),
        ];
        Create = $"""
            create table {Table} (number bigint primary key, position bigint not null, time timestamptz not null,
                latest timestamptz not null, type text collate "C" not null, actor text collate "C" not null,
                door text collate "C" not null, correlation uuid not null{string.Concat(columns.Select(column => $", {column} uuid"))},
                words tsvector not null);

            """ + string.Concat(Indices.Select(index => $"-- {index.Create(false)}\n"));
        Drop = $"drop table if exists {Table};";
        Copy = $"copy {Table} (number, position, time, latest, type, actor, door, correlation"
            + string.Concat(columns.Select(column => $", {column}")) + ", words) from stdin";

        (string, Func<bool, string>) Index(string column, string kind, string what) => ($"{name}_by_{column}",
            concurrently => $"create {kind} index {(concurrently ? "concurrently " : "")}if not exists \"{name}_by_{column}\" "
                + $"on {Table} {what}");
    }

    public string Table { get; }

    public string Create { get; }

    public string Drop { get; }

    /// <summary>Takes rows as text (PostgreSQL, COPY, text format).</summary>
    public string Copy { get; }

    /// <summary>Name of each index, and the statement that makes it, holding up nobody or in a transaction.</summary>
    public IReadOnlyList<(string Name, Func<bool, string> Create)> Indices { get; }

    /// <summary>The column of a key.</summary>
    public static string Column(string key) => $"\"key_{key}\"";
}
