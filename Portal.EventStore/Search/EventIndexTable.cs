using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Fills the table of an <see cref="EventIndex"/>: a round of events goes in by one COPY.</summary>
internal sealed class EventIndexTable : ProjectionTable
{
    private const int MostOpenings = 100_000;

    private readonly EventIndex index;
    private readonly EventTypes types;
    private readonly EventIndexSql sql;

    // What the first event of a stream names. It never changes.
    private readonly Dictionary<string, Guid?[]> openings = new(StringComparer.Ordinal);

    public EventIndexTable(EventIndex index, EventTypes types) : this(index, types, new(TableSql.Checked(index.Name), index.Keys))
    {
    }

    private EventIndexTable(EventIndex index, EventTypes types, EventIndexSql sql)
        : base(index.Name, sql.Create, sql.Drop, index.GetType(), false, index.Version) =>
        (this.index, this.types, this.sql) = (index, types, sql);

    public EventIndexSql Statements => sql;

    public IReadOnlyList<EventKey> Keys => index.Keys;

    public override int PageSize => 4000;

    // No command waits for it, and a round of its own has many indices to keep.
    public override TimeSpan Gathering => TimeSpan.FromMilliseconds(100);

    public override async Task ApplyAsync(
        NpgsqlConnection connection, IEnumerable<Recorded> events, NpgsqlBatch writes, CancellationToken cancel)
    {
        var round = events.ToList();
        var (number, latest) = await LookAsync(connection, round, cancel);
        await using var rows = await connection.BeginTextImportAsync(sql.Copy, cancel);
        var line = new StringBuilder();
        foreach (var recorded in round)
        {
            latest = recorded.Time > latest ? recorded.Time : latest;
            Write(line.Clear(), ++number, latest, recorded);
            await rows.WriteAsync(line, cancel);
        }
    }

    public override string Rest => string.Join(";\n", sql.Indices.Select(index => index.Create(false)));

    public override Task FilledAsync(NpgsqlDataSource source, CancellationToken cancel) =>
        LateIndices.MakeAsync(source, LockKey, sql, cancel);

    // The last row there is, and the first events of streams that are not known yet.
    private async Task<(long Number, DateTimeOffset Latest)> LookAsync(
        NpgsqlConnection connection, List<Recorded> round, CancellationToken cancel)
    {
        if (openings.Count >= MostOpenings) openings.Clear();
        foreach (var first in round.Where(recorded => recorded.Version == 1)) openings[first.Stream] = Named(first);
        var unknown = round.Select(recorded => recorded.Stream).Where(stream => !openings.ContainsKey(stream)).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new($"select number, latest from {sql.Table} order by number desc limit 1") },
        };
        if (unknown.Length > 0)
            batch.BatchCommands.Add(new(
                $"select {EventReader.Columns} from portal_events.events e where e.stream = any ($1) and e.version = 1")
            {
                Parameters = { new() { Value = unknown, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } },
            });
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        var last = await rows.ReadAsync(cancel)
            ? (rows.GetInt64(0), new DateTimeOffset(rows.GetDateTime(1), TimeSpan.Zero))
            : (0, DateTimeOffset.MinValue);
        await rows.NextResultAsync(cancel);
        var firsts = new List<Recorded>();
        // One whose body cannot be read is an event as well: it is found by what is known of it.
        while (unknown.Length > 0 && await rows.ReadAsync(cancel))
            firsts.Add(EventReader.Read(rows, types, Handles));
        await rows.CloseAsync();
        if (Archived is { } archived) await archived.FillAsync(firsts, true, cancel);
        foreach (var first in firsts) openings[first.Stream] = Named(first);
        return last;
    }

    private Guid?[] Named(Recorded recorded)
    {
        var values = new Guid?[index.Keys.Count];
        for (var i = 0; i < values.Length; i++) values[i] = index.Keys[i].Value(recorded);
        return values;
    }

    private void Write(StringBuilder line, long number, DateTimeOffset latest, Recorded recorded)
    {
        line.Append(CultureInfo.InvariantCulture, $"{number}\t{recorded.Position}\t{recorded.Time:yyyy-MM-dd HH:mm:ss.ffffff}+00\t")
            .Append(CultureInfo.InvariantCulture, $"{latest:yyyy-MM-dd HH:mm:ss.ffffff}+00\t");
        Text(line, recorded.Type).Append('\t');
        Text(line, recorded.Metadata.Actor).Append('\t');
        Text(line, recorded.Metadata.Door).Append('\t').Append(recorded.Metadata.CorrelationId);
        var first = openings.GetValueOrDefault(recorded.Stream);
        for (var i = 0; i < index.Keys.Count; i++)
        {
            var value = index.Keys[i].OfStream ? first?[i] : index.Keys[i].Value(recorded) ?? first?[i];
            line.Append('\t').Append(value is { } id ? id.ToString() : "\\N");
        }
        line.Append('\t').AppendJoin(' ', EventWords.Of(recorded.Type, recorded.Text)).Append('\n');
    }

    // What was written by other hands may lack it.
    private static StringBuilder Text(StringBuilder line, string? text)
    {
        foreach (var sign in text ?? "")
            _ = sign switch
            {
                '\\' => line.Append(@"\\"),
                '\t' => line.Append(@"\t"),
                '\n' => line.Append(@"\n"),
                '\r' => line.Append(@"\r"),
                _ => line.Append(sign),
            };
        return line;
    }
}
