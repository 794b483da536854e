using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>An archive as the database knows it.</summary>
internal sealed record ArchiveRow(
    Guid Id, string File, string Sha256, long Bytes, long Streams, long Events, string Manifest, DateTimeOffset Made, bool Restored)
{
    public StreamArchive Place => new(Id, File, Made);
}

/// <summary>Reads the table of archives.</summary>
internal static class ArchiveRows
{
    private const string Columns = "a.id, a.file, a.sha256, a.bytes, a.streams, a.events, a.manifest, a.made, a.restored is not null";

    /// <summary>All archives, in the order in which they were made.</summary>
    public static async Task<List<ArchiveRow>> AllAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select {Columns} from portal_events.archives a order by a.made, a.id", connection);
        return await ReadAsync(command, cancel);
    }

    /// <summary>One archive; null where there is none.</summary>
    public static async Task<ArchiveRow?> FindAsync(NpgsqlDataSource source, Guid id, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select {Columns} from portal_events.archives a where a.id = $1");
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(command, cancel)).SingleOrDefault();
    }

    /// <summary>Those of some streams that are archived, and where.</summary>
    public static async Task<Dictionary<string, StreamArchive>> OfAsync(
        NpgsqlDataSource source, IReadOnlyCollection<string> streams, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select e.stream, a.id, a.file, a.made from unnest($1) s (stream)
            join portal_events.events e on e.stream = s.stream and e.version = 1
            join portal_events.archives a on a.id = e.archive
            """);
        command.Parameters.Add(new() { Value = streams.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, StreamArchive>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel))
            found[rows.GetString(0)] = new(rows.GetGuid(1), rows.GetString(2), new(rows.GetDateTime(3), TimeSpan.Zero));
        return found;
    }

    private static async Task<List<ArchiveRow>> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<ArchiveRow>();
        while (await rows.ReadAsync(cancel))
            found.Add(new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5),
                rows.GetString(6), new(rows.GetDateTime(7), TimeSpan.Zero), rows.GetBoolean(8)));
        return found;
    }
}
