using System.Collections;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Turns a query into statements. A page behind a cursor has up to two parts, rows with a value and rows without one,
/// each of which an index answers.</summary>
internal sealed class PageStatements(TableSql table, DocumentQuery query)
{
    private string Direction => query.Downward ? "desc" : "asc";

    private string Further => query.Downward ? "<" : ">";

    private string? Order => query.OrderBy is null or "id" ? null : $"\"{query.OrderBy}\"";

    public NpgsqlBatchCommand Count()
    {
        var command = new NpgsqlBatchCommand();
        command.CommandText = $"select count(*) from {table.Table} where {Where(command)}";
        return command;
    }

    /// <summary>The parts of the page in order; each but the first only matters when those before it do not fill the page.</summary>
    public IReadOnlyList<Func<int, NpgsqlBatchCommand>> Parts()
    {
        if (query.From is null)
            return [limit => Part(limit, query.Offset, null)];
        var type = query.OrderBy is null ? null : table.TypeOf(query.OrderBy);
        var cursor = DocumentCursor.Read(query.From, query, type);
        if (Order is null)
            return [limit => Part(limit, 0, command => $"id {Further} {Add(command, ColumnType.Text, cursor.Id)}")];
        var valued = cursor.Value is null
            ? Part(_ => $"{Order} is not null")
            : Part(command => $"({Order}, id) {Further} ({Add(command, type!, type!.Parse(cursor.Value))}, "
                + $"{Add(command, ColumnType.Text, cursor.Id)})");
        var empty = cursor.Value is not null
            ? Part(_ => $"{Order} is null")
            : Part(command => $"{Order} is null and id {Further} {Add(command, ColumnType.Text, cursor.Id)}");
        // Ascending, rows without a value come last; descending, first.
        return (query.Downward, cursor.Value) switch
        {
            (false, null) => [empty],
            (false, _) => [valued, empty],
            (true, null) => [empty, valued],
            (true, _) => [valued],
        };
    }

    private Func<int, NpgsqlBatchCommand> Part(Func<NpgsqlBatchCommand, string> place) => limit => Part(limit, 0, place);

    private NpgsqlBatchCommand Part(int limit, int offset, Func<NpgsqlBatchCommand, string>? place)
    {
        var command = new NpgsqlBatchCommand();
        var where = Where(command) + (place is null ? "" : $" and {place(command)}");
        var order = Order is null ? $"id {Direction}" : $"{Order} {Direction}, id {Direction}";
        command.CommandText = $"select id, body::text, {Order ?? "null::text"} from {table.Table} where {where} order by {order} "
            + $"limit {Add(command, NpgsqlDbType.Integer, limit)} offset {Add(command, NpgsqlDbType.Integer, offset)}";
        return command;
    }

    /// <summary>The conditions, whose values become parameters of the command.</summary>
    public string Where(NpgsqlBatchCommand command)
    {
        var text = new StringBuilder("true");
        foreach (var condition in query.Where)
            text.Append(" and ").Append(Test(command, condition));
        return text.ToString();
    }

    private string Test(NpgsqlBatchCommand command, Condition condition)
    {
        var type = table.TypeOf(condition.Column);
        var column = $"\"{condition.Column}\"";
        return condition.Comparison switch
        {
            Comparison.Equal when condition.Value is null => $"{column} is null",
            Comparison.NotEqual when condition.Value is null => $"{column} is not null",
            Comparison.Equal => $"{column} = {Add(command, type, condition.Value!)}",
            Comparison.NotEqual => $"{column} is distinct from {Add(command, type, condition.Value!)}",
            Comparison.Less => $"{column} < {Add(command, type, Given(condition))}",
            Comparison.Greater => $"{column} > {Add(command, type, Given(condition))}",
            Comparison.AtLeast => $"{column} >= {Add(command, type, Given(condition))}",
            Comparison.AtMost => $"{column} <= {Add(command, type, Given(condition))}",
            Comparison.In => $"{column} = any ({Add(command, NpgsqlDbType.Array | type.Db, Many(type, condition))})",
            Comparison.Contains when type.Sql == "text[]" => $"{column} @> {Add(command, type, new[] { Given(condition) })}",
            Comparison.Contains when type.Sql == "text" =>
                $"{column} ilike {Add(command, NpgsqlDbType.Text, $"%{Literally(Given(condition))}%")}",
            _ => throw new DocumentQueryException($"{table.Name}.{condition.Column} cannot be compared by {condition.Comparison}."),
        };
    }

    private static object Given(Condition condition) => condition.Value
        ?? throw new DocumentQueryException($"{condition.Column} {condition.Comparison} needs a value.");

    private static Array Many(ColumnType type, Condition condition)
    {
        if (type.Sql == "text[]" || condition.Value is not IEnumerable values || condition.Value is string)
            throw new DocumentQueryException($"{condition.Column} In needs a list of values.");
        object[] converted = [.. values.Cast<object?>().Where(value => value is not null).Select(type.Value)];
        var typed = Array.CreateInstance(converted.Length == 0 ? ClassOf(type) : converted[0].GetType(), converted.Length);
        converted.CopyTo(typed, 0);
        return typed;
    }

    private static Type ClassOf(ColumnType type) => type.Sql switch
    {
        "uuid" => typeof(Guid),
        "bigint" => typeof(long),
        "timestamptz" => typeof(DateTime),
        "boolean" => typeof(bool),
        "double precision" => typeof(double),
        _ => typeof(string),
    };

    private static string Literally(object value) => $"{ColumnType.Text.Value(value)}"
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);

    private static string Add(NpgsqlBatchCommand command, ColumnType type, object value) => Add(command, type.Db, type.Value(value));

    private static string Add(NpgsqlBatchCommand command, NpgsqlDbType type, object value)
    {
        command.Parameters.Add(new() { Value = value is string[] many ? Array.ConvertAll(many, Text) : value is string one ? Text(one) : value,
            NpgsqlDbType = type });
        return $"${command.Parameters.Count}";
    }

    // No text of PostgreSQL holds U+0000 or half of a pair of UTF-16: nothing equals such a one.
    private static string Text(string value) => value.Contains('\0', StringComparison.Ordinal) || value.Any(char.IsSurrogate)
        ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value.Replace('\0', '\uFFFD')))
        : value;
}
