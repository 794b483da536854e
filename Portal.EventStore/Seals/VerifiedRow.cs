using Npgsql;

namespace Portal.EventStore;

/// <summary>One event as a verification reads it.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its number there.</param>
/// <param name="Id">Its id.</param>
/// <param name="Hash">The hash that stands beside it.</param>
/// <param name="Gap">The number that is missing before it in its stream, if one is.</param>
/// <param name="Good">Whether the hash follows from its content and the event before it in its stream; where the contents are gone,
/// whether it has the number that follows.</param>
/// <param name="Microseconds">When it was recorded, microseconds since 1970-01-01 UTC.</param>
/// <param name="Archive">The archive that its contents are said to be in.</param>
/// <param name="Gone">Whether its contents are gone.</param>
internal sealed record VerifiedRow(
    long Position, string Stream, long Version, Guid Id, byte[] Hash, long? Gap, bool Good, long Microseconds, Guid? Archive,
    bool Gone)
{
    /// <summary>Reads a row of <see cref="EventReader.AllToVerify"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="heads">Version and hash of the last event of each stream so far.</param>
    public static VerifiedRow Of(NpgsqlDataReader row, Dictionary<string, (long Version, byte[] Hash)> heads)
    {
        var (stream, version, id, stored) =
            (row.GetString(1), row.GetInt64(2), row.GetGuid(3), row.GetFieldValue<byte[]>(9));
        var before = heads.TryGetValue(stream, out var head) ? head : (Version: 0L, Hash: EventHash.Start.ToArray());
        var (follows, gone) = (version == before.Version + 1, row.IsDBNull(6) || row.IsDBNull(7));
        if (follows && !gone) follows = stored.AsSpan().SequenceEqual(EventHash.Compute(before.Hash, stream, version, id, row.GetString(4), row.GetInt32(5), row.GetString(6),
            row.GetString(7), row.GetInt64(8)));
        return new(row.GetInt64(0), stream, version, id, stored,
            version == before.Version + 1 ? null : before.Version + 1,
            follows, row.GetInt64(8), row.IsDBNull(10) ? null : row.GetGuid(10), gone);
    }

    /// <summary>What a row keeps whose contents are gone.</summary>
    public static KeptEvent Kept(NpgsqlDataReader row) => new(new(row.GetInt32(11), row.GetFieldValue<ulong>(12), row.GetInt64(0)),
        row.GetString(1), row.GetInt64(2), row.GetGuid(3), row.GetString(4), row.GetInt32(5), row.GetInt64(8), row.GetFieldValue<byte[]>(9));

    /// <summary>What is wrong with it.</summary>
    public StoreFault Fault(StoreFaultKind kind, long? seal, string words) =>
        new(kind, Position, Stream, Version, Id, seal, $"The event at position {Position} ({Stream} version {Version}) {words}.");
}
