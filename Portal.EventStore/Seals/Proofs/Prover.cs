using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Shows of some events that they were sealed, by the leaves that seals keep.</summary>
internal static class Prover
{
    // Each event with its seal: the first whose last event is not before it. A single one has the hash before it with it.
    private const string Wanted = """
        select e.position, e.stream, e.version, e.id, e.type, e.type_version, e.body::text, e.metadata::text,
            (extract(epoch from e.time) * 1000000)::bigint, e.hash, s.number, e.previous, e.archive, a.file, a.made
        from (
            select e.*, null::bytea as previous from unnest($1::text[], $2::bigint[]) w (stream, version)
            join portal_events.events e on e.stream = w.stream and e.version <= w.version
            union all
            select e.*, coalesce(
                (select p.hash from portal_events.events p where p.stream = e.stream and p.version = e.version - 1),
                decode(repeat('00', 32), 'hex'))
            from portal_events.events e where e.position = any ($3) and e.stream <> all ($1)) e
        left join lateral (
            select number from portal_events.seals
            where (epoch, transaction_id, position) >= (e.epoch, e.transaction_id, e.position)
            order by epoch, transaction_id, position limit 1) s on true
        left join portal_events.archives a on a.id = e.archive
        order by e.epoch, e.transaction_id, e.position
        """;

    /// <summary>Proves the events of streams, each up to a version, and single ones of others.</summary>
    public static async Task<EventProof> ProveAsync(
        NpgsqlDataSource source, IReadOnlyCollection<(string Stream, long Version)> streams, IReadOnlyCollection<long> others,
        CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        // One view of the store: an event that is sealed meanwhile is not half proven.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        var found = await EventsAsync(connection, streams, others, cancel);
        var seals = await SealsAsync(connection, [.. found.Select(one => one.Seal).OfType<long>().Distinct()], cancel);
        var wanted = found.Select(one => one.Line.Position).ToHashSet();
        var places = seals.ToDictionary(one => one.Key, one => Places(one.Value.Leaves, wanted));
        var trees = seals.ToDictionary(one => one.Key, one => MerkleLevels.Of(one.Value.Leaves));
        return new(EventProof.Known, [.. found.Select(one => Proven(one.Line, one.Seal, places, trees))],
            [.. found.Select(one => one.Line)],
            [.. seals.OrderBy(one => one.Key).Select(one => new SignedSeal(one.Value.Text, one.Value.Signature))], "");
    }

    private static ProvenEvent Proven(EventLine line, long? number, Dictionary<long, Dictionary<long, int>> places,
        Dictionary<long, MerkleLevels> trees) =>
        number is { } seal && places[seal].TryGetValue(line.Position, out var index)
            ? new(line.Position, line.Hash, seal, index, [.. trees[seal].Path(index).Select(Convert.ToHexStringLower)])
            : new(line.Position, line.Hash);

    private static async Task<List<(EventLine Line, long? Seal)>> EventsAsync(
        NpgsqlConnection connection, IReadOnlyCollection<(string Stream, long Version)> streams, IReadOnlyCollection<long> others,
        CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Wanted, connection);
        command.Parameters.Add(new() { Value = streams.Select(one => one.Stream).ToArray() });
        command.Parameters.Add(new() { Value = streams.Select(one => one.Version).ToArray() });
        command.Parameters.Add(new() { Value = others.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<(EventLine, long?)>();
        while (await rows.ReadAsync(cancel))
        {
            if (!rows.IsDBNull(12))
                throw new StreamArchivedException(rows.GetString(1), new(rows.GetGuid(12),
                    rows.IsDBNull(13) ? rows.GetGuid(12).ToString("n") : rows.GetString(13),
                    rows.IsDBNull(14) ? EventTime.Of(rows.GetInt64(8)) : new(rows.GetDateTime(14), TimeSpan.Zero)));
            found.Add((new(rows.GetInt64(0), rows.GetString(1), rows.GetInt64(2), rows.GetGuid(3), rows.GetString(4),
                rows.GetInt32(5), EventLine.TimeOf(rows.GetInt64(8)), rows.GetString(6), rows.GetString(7),
                Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(9)),
                rows.IsDBNull(11) ? null : Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(11))),
                rows.IsDBNull(10) ? null : rows.GetInt64(10)));
        }
        return found;
    }

    private static async Task<Dictionary<long, KeptSeal>> SealsAsync(
        NpgsqlConnection connection, long[] numbers, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select number, text, signature, leaves from portal_events.seals where number = any ($1)", connection);
        command.Parameters.Add(new() { Value = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<long, KeptSeal>();
        while (await rows.ReadAsync(cancel))
            found[rows.GetInt64(0)] = new(rows.GetString(1), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3));
        return found;
    }

    private static Dictionary<long, int> Places(byte[] leaves, HashSet<long> wanted)
    {
        var places = new Dictionary<long, int>();
        for (var at = 0; at + KeptSeal.LeafBytes <= leaves.Length; at += KeptSeal.LeafBytes)
            if (SealLeaves.Position(leaves, at) is var position && wanted.Contains(position))
                places[position] = at / KeptSeal.LeafBytes;
        return places;
    }
}
