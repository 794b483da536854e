using Npgsql;

namespace Portal.EventStore;

/// <summary>Finds the hash before each event in its stream: among the events that went by lately, else in the table.</summary>
internal sealed class PreviousHashes(NpgsqlDataSource source)
{
    private const int Most = 50_000;

    private const string Rows = """
        select e.stream, e.version, e.hash from unnest($1::text[], $2::bigint[]) w (stream, version)
        join portal_events.events e on e.stream = w.stream and e.version = w.version
        """;

    private readonly Dictionary<string, (long Version, byte[] Hash)> heads = new(StringComparer.Ordinal);

    /// <summary>Those of some events. Of one whose predecessor is gone it is that of none, from which its hash does not
    /// follow.</summary>
    public async Task<byte[][]> OfAsync(IReadOnlyList<EventText> events, CancellationToken cancel)
    {
        if (heads.Count > Most) heads.Clear();
        var found = new byte[events.Count][];
        var missing = new Dictionary<(string, long), int>();
        foreach (var (at, recorded) in events.Index())
        {
            found[at] = EventHash.Start.ToArray();
            if (recorded.Version > 1 && heads.TryGetValue(recorded.Stream, out var head) && head.Version == recorded.Version - 1)
                found[at] = head.Hash;
            else if (recorded.Version > 1)
                missing[(recorded.Stream, recorded.Version - 1)] = at;
            heads[recorded.Stream] = (recorded.Version, recorded.Hash);
        }
        if (missing.Count == 0) return found;
        await using var command = source.CreateCommand(Rows);
        command.Parameters.Add(new() { Value = missing.Keys.Select(one => one.Item1).ToArray() });
        command.Parameters.Add(new() { Value = missing.Keys.Select(one => one.Item2).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
            found[missing[(rows.GetString(0), rows.GetInt64(1))]] = rows.GetFieldValue<byte[]>(2);
        return found;
    }
}
