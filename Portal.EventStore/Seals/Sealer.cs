using System.Buffers.Binary;
using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>Makes seals and keeps them beside the events.</summary>
internal static class Sealer
{
    /// <summary>The most events in one seal; where more wait, several seals are made.</summary>
    public const int MostEvents = 50_000;

    // "PORTSEAL", as a number.
    private const long SealLock = 0x504F52545345414C;

    /// <summary>Seals what was settled since the last seal, at most <see cref="MostEvents"/> of it.</summary>
    /// <returns>The seal; null where nothing new is there, or where another node seals now.</returns>
    public static async Task<KeptSeal?> SealAsync(
        NpgsqlDataSource source, SealKey key, DateTimeOffset now, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var turn = new NpgsqlCommand($"select pg_try_advisory_xact_lock({SealLock})", connection))
            if (await turn.ExecuteScalarAsync(cancel) is not true) return null;
        var (last, place) = await LastAsync(connection, cancel);
        var (leaves, to) = await LeavesAsync(connection, place, cancel);
        if (leaves.Length == 0) return null;
        var tree = new MerkleTree();
        for (var at = 0; at < leaves.Length; at += KeptSeal.LeafBytes)
            tree.Add(MerkleTree.Leaf(SealLeaves.Position(leaves, at), SealLeaves.Hash(leaves, at)));
        var seal = new Seal((last?.Number ?? 0) + 1, last is not null && last.Time > now ? last.Time : Whole(now), tree.Count,
            (last?.Total ?? 0) + tree.Count, SealLeaves.Position(leaves, 0), to.Position,
            Convert.ToHexStringLower(tree.Root()), last?.Hash ?? Seal.Start, key.Id);
        var kept = new KeptSeal(seal.Text, key.Sign(seal.Text), leaves);
        await KeepAsync(connection, seal.Number, kept, to, cancel);
        await transaction.CommitAsync(cancel);
        return kept;
    }

    // The text tells microseconds.
    private static DateTimeOffset Whole(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % 10), TimeSpan.Zero);

    private static async Task<(Seal? Seal, EventOrder Place)> LastAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select text, epoch, transaction_id, position from portal_events.seals order by number desc limit 1", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? (Seal.Parse(rows.GetString(0)), new(rows.GetInt32(1), rows.GetFieldValue<ulong>(2), rows.GetInt64(3)))
            : (null, EventOrder.Start);
    }

    private static async Task<(byte[] Leaves, EventOrder To)> LeavesAsync(
        NpgsqlConnection connection, EventOrder after, CancellationToken cancel)
    {
        using var leaves = new MemoryStream();
        var to = after;
        await using var command = new NpgsqlCommand(EventReader.HashesBehind, connection);
        command.Parameters.Add(new() { Value = after.Epoch });
        command.Parameters.Add(new() { Value = after.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = after.Position });
        command.Parameters.Add(new() { Value = MostEvents });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var position = new byte[sizeof(long)];
        while (await rows.ReadAsync(cancel) && rows.GetBoolean(4))
        {
            to = new(rows.GetInt32(2), rows.GetFieldValue<ulong>(3), rows.GetInt64(0));
            BinaryPrimitives.WriteInt64BigEndian(position, to.Position);
            leaves.Write(position);
            leaves.Write(rows.GetFieldValue<byte[]>(1));
        }
        return (leaves.ToArray(), to);
    }

    private static async Task KeepAsync(
        NpgsqlConnection connection, long number, KeptSeal kept, EventOrder to, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into portal_events.seals (number, text, signature, leaves, epoch, transaction_id, position)
            values ($1, $2, $3, $4, $5, $6, $7)
            """, connection);
        foreach (var value in new object[] { number, kept.Text, kept.Signature, kept.Leaves, to.Epoch })
            command.Parameters.Add(new() { Value = value });
        command.Parameters.Add(new() { Value = to.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 });
        command.Parameters.Add(new() { Value = to.Position });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
