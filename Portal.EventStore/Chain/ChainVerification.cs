using Npgsql;

namespace Portal.EventStore;

/// <summary>Computes chains anew, without the help of the database's function, from one reading of the table.</summary>
internal sealed class ChainVerification
{
    private readonly List<ChainFault> faults = [];
    private string? stream;
    private long version;
    private byte[] previous = [];
    private EventOrder order;
    private bool broken;
    private long streams;
    private long events;

    public static async Task<ChainReport> RunAsync(NpgsqlDataSource source, string? stream, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select position, stream, version, id, type, type_version, body::text, metadata::text,
                (extract(epoch from time) * 1000000)::bigint, hash, epoch, transaction_id, archive
            from portal_events.events where $1::text is null or stream = $1 order by stream, version
            """, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = (object?)stream ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var verification = new ChainVerification();
        while (await rows.ReadAsync(cancel))
            verification.Look(rows);
        return new(verification.streams, verification.events, verification.faults);
    }

    private void Look(NpgsqlDataReader row)
    {
        events++;
        if (row.GetString(1) != stream)
        {
            (stream, version, previous, order, broken) = (row.GetString(1), 0, EventHash.Start.ToArray(), EventOrder.Start, false);
            streams++;
        }
        if (broken)
            return;
        var found = row.GetInt64(2);
        var place = new EventOrder(row.GetInt32(10), row.GetFieldValue<ulong>(11), row.GetInt64(0));
        var stored = row.GetFieldValue<byte[]>(9);
        if (found != version + 1)
            Fault(row, version + 1, $"version {version + 1} is missing");
        else if (row.IsDBNull(6) && row.IsDBNull(12))
            Fault(row, found, "its contents are gone, and it is not archived");
        else if (row.IsDBNull(12) && !stored.AsSpan().SequenceEqual(EventHash.Compute(previous, stream, found, row.GetGuid(3), row.GetString(4),
            row.GetInt32(5), row.GetString(6), row.GetString(7), row.GetInt64(8))))
            Fault(row, found, "its hash does not follow from its content and the event before it");
        else if (place <= order)
            Fault(row, found, "it stands before the event that it follows in the stream");
        (version, previous, order) = (found, stored, place);
    }

    private void Fault(NpgsqlDataReader row, long bad, string cause)
    {
        broken = true;
        faults.Add(new(stream!, bad, row.GetInt64(0), row.GetGuid(3), cause));
    }
}
