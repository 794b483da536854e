using System.Globalization;
using Npgsql;

namespace Portal.EventStore;

/// <summary>The events of the documents of a <see cref="DocumentSet"/>. Walking through events, each one's document is looked up;
/// where that finds too little, they are asked for document by document.</summary>
internal sealed class SetConditions(SearchConditions events, DocumentSet set, TableSql documents, string index)
{
    // Documents by which the number of all events is guessed.
    private const int Asked = 500;

    private readonly string column = events.ColumnOf(set.Key);

    /// <summary>Whether an event's document is in the set. It stays a look at one row of the table's own index: made a join, all
    /// events would be sorted before the first of them is known.</summary>
    public string Test(NpgsqlBatchCommand command) => $"exists (select from {documents.Table} "
        + $"where id = replace(i.{column}::text, '-', '') and {Where(command)} offset 0)";

    /// <summary>A page, document by document: its events are of those documents whose own nearest events are the nearest of
    /// all.</summary>
    public string Page(NpgsqlBatchCommand command, NumberRange range, string way, int limit)
    {
        var most = limit.ToString(CultureInfo.InvariantCulture);
        return $"""
            select i.number, i.position, i.actor, i.door, i.correlation from {index} i
            where i.{column} = any (array(select d.key from {Keys(command)} d cross join lateral (
                    select i.number from {index} i where i.{column} = d.key and {events.Where(command, range)}
                    order by i.number {way} limit 1) nearest
                order by nearest.number {way} limit {most})) and {events.Where(command, range)}
            order by i.number + 0 {way} limit {most}
            """;
    }

    /// <summary>How many events, counted up to a number.</summary>
    public string Count(NpgsqlBatchCommand command, NumberRange range, int most) =>
        $"select count(*) from (select from {Keys(command)} d join {index} i on i.{column} = d.key "
        + $"where {events.Where(command, range)} limit {most.ToString(CultureInfo.InvariantCulture)}) counted";

    /// <summary>About how many events: as many for each document as some of them have. Ids end by chance, so these are
    /// any.</summary>
    public string Guess(NpgsqlBatchCommand command, NumberRange range) => $"""
        with keys as materialized (select key from {Keys(command)} d),
            few as materialized (select key from keys order by reverse(key::text) limit {Asked})
        select (select count(*) from {index} i
                where i.{column} = any (array(select key from few)) and {events.Where(command, range)})::float8
            * (select count(*) from keys) / greatest(1, (select count(*) from few))
        """;

    private string Keys(NpgsqlBatchCommand command) => $"(select id::uuid as key from {documents.Table} where {Where(command)})";

    private string Where(NpgsqlBatchCommand command) => new PageStatements(documents, new(set.Where)).Where(command);
}
