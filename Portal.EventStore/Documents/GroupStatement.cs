using System.Globalization;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Turns a grouping into one statement.</summary>
internal static class GroupStatement
{
    /// <exception cref="DocumentQueryException">It does not fit the table.</exception>
    public static NpgsqlBatchCommand Of(TableSql table, DocumentGrouping query)
    {
        if (query.Limit < 1) throw new DocumentQueryException("There is at least one group.");
        var command = new NpgsqlBatchCommand();
        var keys = query.By.Select(column => table.TypeOf(column).Sql == "text"
            ? $"\"{column}\""
            : throw new DocumentQueryException($"{table.Name} cannot be grouped by {column}.")).ToList();
        var figures = query.Measures.Select(measure => Figure(table, command, measure)).ToList();
        var grouped = keys.Count == 0 ? "" : $" group by {string.Join(", ", keys)} order by {string.Join(", ", keys)}";
        command.CommandText = $"select {string.Join(", ", [.. keys, .. figures])} from {table.Table} "
            + $"where {new PageStatements(table, new(query.Where)).Where(command)}{grouped} "
            + $"limit {query.Limit.ToString(CultureInfo.InvariantCulture)}";
        return command;
    }

    private static string Figure(TableSql table, NpgsqlBatchCommand command, Measure measure)
    {
        var what = measure.Kind switch
        {
            MeasureKind.Count => "count(*)",
            MeasureKind.Sum => $"sum({Number(table, measure)})",
            _ => $"percentile_cont({Fraction(measure)}) within group (order by {Number(table, measure)})",
        };
        if (measure.Of is { } only) what += $" filter (where {new PageStatements(table, new([only])).Where(command)})";
        return measure.Kind == MeasureKind.Percentile ? what : $"coalesce({what}, 0)::float8";
    }

    private static string Number(TableSql table, Measure measure) =>
        measure.Column is { } column && table.TypeOf(column).Sql is "bigint" or "double precision"
            ? $"\"{measure.Column}\"::float8"
            : throw new DocumentQueryException($"{table.Name}.{measure.Column} is no number.");

    private static string Fraction(Measure measure) => measure.Fraction is >= 0 and <= 1
        ? measure.Fraction.ToString("R", CultureInfo.InvariantCulture)
        : throw new DocumentQueryException("A fraction is 0 to 1.");
}
