using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Reads what is to be archived.</summary>
internal static class ArchiveSelection
{
    /// <summary>The first of some streams that are there, have nothing behind a position, and have so many events together, or one
    /// that has more.</summary>
    public static async Task<List<string>> FittingAsync(NpgsqlDataSource source,
        IReadOnlyCollection<string> streams, long upTo, long most, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select s.stream, e.version from unnest($1) with ordinality s (stream, number)
            cross join lateral (
                select * from portal_events.events e where e.stream = s.stream order by e.version desc limit 1) e
            where e.archive is null and e.position <= $2 order by s.number
            """);
        command.Parameters.Add(Names(streams));
        command.Parameters.Add(new() { Value = upTo });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var fitting = new List<string>();
        for (var events = 0L; await rows.ReadAsync(cancel) && (events += rows.GetInt64(1)) <= most | fitting.Count == 0;)
            fitting.Add(rows.GetString(0));
        return fitting;
    }

    /// <summary>The events of streams that are not archived, in the order of all events: what rows keep, and what goes.</summary>
    public static async Task<List<(KeptEvent Kept, EventLine Line)>> EventsAsync(
        NpgsqlDataSource source, IReadOnlyCollection<string> streams, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select position, stream, version, id, type, type_version, (extract(epoch from time) * 1000000)::bigint, hash, epoch,
                transaction_id, body::text, metadata::text
            from portal_events.events where stream = any ($1) and archive is null order by epoch, transaction_id, position
            """);
        command.CommandTimeout = 0;
        command.Parameters.Add(Names(streams));
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var events = new List<(KeptEvent, EventLine)>();
        while (await rows.ReadAsync(cancel))
        {
            var kept = new KeptEvent(new(rows.GetInt32(8), rows.GetFieldValue<ulong>(9), rows.GetInt64(0)), rows.GetString(1),
                rows.GetInt64(2), rows.GetGuid(3), rows.GetString(4), rows.GetInt32(5), rows.GetInt64(6), rows.GetFieldValue<byte[]>(7));
            events.Add((kept, new(kept.Order.Position, kept.Stream, kept.Version, kept.Id, kept.Type, kept.TypeVersion,
                EventLine.TimeOf(kept.Microseconds), rows.GetString(10), rows.GetString(11), Convert.ToHexStringLower(kept.Hash))));
        }
        return events;
    }

    private static NpgsqlParameter Names(IReadOnlyCollection<string> streams) =>
        new() { Value = streams.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}
