using System.Text.RegularExpressions;

namespace Portal.EventStore;

/// <summary>The statements for one read model's table. Names are validated here once, values are always parameters.</summary>
internal sealed partial class TableSql
{
    private readonly Dictionary<string, ColumnType> types = new(StringComparer.Ordinal) { ["id"] = ColumnType.Text };

    public TableSql(string name, IEnumerable<(string Name, string SqlType)> columns, IReadOnlyList<string> indices)
    {
        Name = Checked(name);
        Table = $"portal_documents.\"{name}\"";
        foreach (var (column, type) in columns)
            if (Checked(column) == "body" || !types.TryAdd(column, ColumnType.Of(type)))
                throw new InvalidOperationException($"The table {name} declares the column {column} twice.");
        Columns = [.. types.Keys.Where(column => column != "id")];
        var quoted = string.Concat(Columns.Select(column => $", \"{column}\""));
        var values = string.Concat(Columns.Select((_, i) => $", ${i + 3}"));
        var replaced = string.Concat(Columns.Select(column => $", \"{column}\" = excluded.\"{column}\""));
        Create = $"create table {Table} (id text primary key, body json not null"
            + string.Concat(Columns.Select(column => $", \"{column}\" {types[column].Sql}")) + ");\n"
            + string.Concat(indices.Select(Index));
        Drop = $"drop table if exists {Table};";
        Find = $"select body::text from {Table} where id = $1";
        Put = $"insert into {Table} (id, body{quoted}) values ($1, $2{values}) on conflict (id) do update set body = excluded.body"
            + replaced;
        if (Columns.All(column => types[column].Sql != "text[]"))
            PutMany = $"insert into {Table} (id, body{quoted}) select * from unnest($1::text[], $2::json[]"
                + string.Concat(Columns.Select((column, i) => $", ${i + 3}::{types[column].Sql}[]")) + ") "
                + $"on conflict (id) do update set body = excluded.body{replaced}";
        Remove = $"delete from {Table} where id = $1";
    }

    public string Name { get; }

    public string Table { get; }

    /// <summary>Names of the declared columns in order, without <c>id</c>.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Makes table and indices; the table is rebuilt when this text changes.</summary>
    public string Create { get; }

    public string Drop { get; }

    public string Find { get; }

    public string Put { get; }

    /// <summary>The same for many rows at once, each parameter an array; null for a table with a column that is one itself.</summary>
    public string? PutMany { get; }

    public string Remove { get; }

    /// <summary>Type of a declared column or of <c>id</c>.</summary>
    /// <exception cref="DocumentQueryException">There is no such column.</exception>
    public ColumnType TypeOf(string column) => types.TryGetValue(column, out var type)
        ? type
        : throw new DocumentQueryException($"{Name} has no column '{column}'.");

    // An index that is not unique ends with the id, so that it also serves the tie-break of paging.
    private string Index(string declared, int number)
    {
        var unique = declared.StartsWith("unique:", StringComparison.Ordinal);
        var gin = declared.StartsWith("gin:", StringComparison.Ordinal);
        var parts = (unique ? declared[7..] : gin ? declared[4..] : declared)
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        if (parts.Count == 0 || parts.Any(part => part.Length > 2 || (part.Length == 2 && part[1] is not ("desc" or "asc")))
            || parts.Any(part => !types.ContainsKey(part[0])))
            throw new InvalidOperationException($"The table {Name} declares the index '{declared}', which names no columns of it.");
        if (!unique && !gin && parts.All(part => part[0] != "id"))
            parts.Add(["id", .. parts[^1][1..]]);
        var columns = string.Join(", ", parts.Select(part => $"\"{part[0]}\"{(part.Length == 2 ? " " + part[1] : "")}"));
        return $"create {(unique ? "unique " : "")}index \"{Name}_{number}\" on {Table} {(gin ? "using gin " : "")}({columns});\n";
    }

    /// <summary>The name, where it is one that a table or a column may have.</summary>
    public static string Checked(string name) => SnakeCase().IsMatch(name)
        ? name
        : throw new InvalidOperationException($"'{name}' is not a snake_case name of at most 50 characters.");

    [GeneratedRegex("^[a-z][a-z0-9_]{0,49}$")]
    private static partial Regex SnakeCase();
}
