using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Of the numbers of the index, those between which everything lies that is looked for.</summary>
internal readonly record struct NumberRange(long First, long Last)
{
    public bool Empty => First > Last;
}

/// <summary>Turns a search into conditions on the rows of the index.</summary>
internal sealed class SearchConditions(EventIndexTable index, EventSearch search)
{
    /// <summary>The documents whose events are looked for; null for those of all.</summary>
    public DocumentSet? Among => search.Among;

    /// <summary>Asks for the range: of positions, and of moments. An event's time is at most as far behind the latest time up to it as
    /// the latest of all late ones was: so moments bound numbers, also where clocks went backwards.</summary>
    public NpgsqlBatchCommand RangeCommand()
    {
        var table = index.Statements.Table;
        var command = new NpgsqlBatchCommand();
        List<string> first = ["1"];
        List<string> last = [$"coalesce((select number from {table} order by number desc limit 1), 0)"];
        if (search.After is { } after)
            first.Add($"coalesce((select number + 1 from {table} where position <= {Add(command, after, NpgsqlDbType.Bigint)} "
                + "order by position desc limit 1), 1)");
        if (search.Before is { } before)
            last.Add($"(select number - 1 from {table} where position >= {Add(command, before, NpgsqlDbType.Bigint)} "
                + "order by position limit 1)");
        if (search.UpTo is { } end)
            last.Add($"coalesce((select number from {table} where position <= {Add(command, end, NpgsqlDbType.Bigint)} "
                + "order by position desc limit 1), 0)");
        if (search.From is { } from)
            first.Add($"coalesce((select number from {table} where latest >= {Add(command, from)} order by latest, number limit 1), "
                + "9223372036854775807)");
        if (search.Until is { } until)
            last.Add($"coalesce((select number from {table} where latest < {Add(command, until)} + coalesce((select max(latest - time) "
                + $"from {table} where time < latest), '0') order by latest desc, number desc limit 1), 0)");
        command.CommandText = $"select greatest({string.Join(", ", first)}), least({string.Join(", ", last)})";
        return command;
    }

    /// <summary>The conditions; parameters are added to the command.</summary>
    public string Where(NpgsqlBatchCommand command, NumberRange range)
    {
        List<string> tests =
        [
            $"i.number between {Add(command, range.First, NpgsqlDbType.Bigint)} and {Add(command, range.Last, NpgsqlDbType.Bigint)}",
        ];
        if (search.From is { } from) tests.Add($"i.time >= {Add(command, from)}");
        if (search.Until is { } until) tests.Add($"i.time < {Add(command, until)}");
        if (search.Types is { } types) tests.Add(Any(command, "i.type", NpgsqlDbType.Text, [.. types.Distinct()]));
        if (search.Actor is { } actor) tests.Add($"i.actor = {Add(command, actor, NpgsqlDbType.Text)}");
        if (search.Door is { } door) tests.Add($"i.door = {Add(command, door, NpgsqlDbType.Text)}");
        if (search.Correlation is { } request) tests.Add($"i.correlation = {Add(command, request, NpgsqlDbType.Uuid)}");
        foreach (var (key, ids) in search.Keys)
            tests.Add(Any(command, "i." + ColumnOf(key), NpgsqlDbType.Uuid, [.. ids.Distinct()]));
        if (search.Text is { } text)
        {
            var words = EventWords.Of(text);
            tests.Add(words.Count == 0
                ? "false"
                : $"i.words @@ {Add(command, string.Join(" & ", words.Select(word => $"'{word}'")), NpgsqlDbType.Text)}::tsquery");
        }
        return string.Join(" and ", tests);
    }

    /// <summary>Whether nothing but the place is asked for: then every number of the range counts.</summary>
    public bool OnlyPlaces => search is
        { From: null, Until: null, Types: null, Actor: null, Door: null, Correlation: null, Text: null, Keys.Count: 0,
            Among: null };

    /// <summary>The column of a key.</summary>
    /// <exception cref="ArgumentException">The index has no such key.</exception>
    public string ColumnOf(string key) => index.Keys.Any(known => known.Name == key)
        ? EventIndexSql.Column(key)
        : throw new ArgumentException($"Events are not searched by {key}.", nameof(key));

    private static string Any<T>(NpgsqlBatchCommand command, string column, NpgsqlDbType type, T[] values) where T : notnull =>
        values is [var only]
            ? $"{column} = {Add(command, only, type)}"
            : $"{column} = any ({Add(command, values, NpgsqlDbType.Array | type)})";

    private static string Add(NpgsqlBatchCommand command, DateTimeOffset moment) =>
        Add(command, moment.UtcDateTime, NpgsqlDbType.TimestampTz);

    private static string Add(NpgsqlBatchCommand command, object value, NpgsqlDbType type)
    {
        command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
        return $"${command.Parameters.Count}";
    }
}
