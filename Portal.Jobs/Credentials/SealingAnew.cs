using System.Security.Cryptography;
using Npgsql;
using Portal.Domain.Credentials;

namespace Portal.Jobs.Credentials;

/// <summary>What came of sealing anew.</summary>
/// <param name="Leases">Keys lent to runs that are under the first key now and were not.</param>
/// <param name="Passwords">Passwords of endpoints, the same.</param>
/// <param name="Left">What stayed as it was, and why; a sentence each.</param>
public sealed record SealedAnew(int Leases, int Passwords, IReadOnlyList<string> Left);

/// <summary>Seals anew, under the first of the portal's own keys, what older ones sealed. What cannot be opened stays as it is.</summary>
public sealed class SealingAnew(NpgsqlDataSource database, MasterKeys keys)
{
    private const string Leases = "select lease, run, credential, until, envelope from portal_secrets.lease_keys";
    private const string Passwords = "select endpoint, envelope from portal_secrets.endpoint_passwords";

    /// <summary>Does it, both or neither; as often as one likes.</summary>
    public async Task<SealedAnew> RunAsync(CancellationToken cancel)
    {
        var left = new List<string>();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var leases = await RowsAsync(connection, Leases, cancel, row => row.IsDBNull(1)
            ? new("lease", "lease_keys", row.GetGuid(0), null, (byte[])row[4])
            : new Row("lease", "lease_keys", row.GetGuid(0), LeaseContext(row), (byte[])row[4]));
        var passwords = await RowsAsync(connection, Passwords, cancel, row => new Row("endpoint", "endpoint_passwords", row.GetGuid(0),
            EndpointPasswords.Context(new(row.GetGuid(0))), (byte[])row[1]));
        var sealedLeases = await SealAsync(connection, leases, left, cancel);
        var sealedPasswords = await SealAsync(connection, passwords, left, cancel);
        await transaction.CommitAsync(cancel);
        return new(sealedLeases, sealedPasswords, left);
    }

    /// <summary>How many sealed things there are under each key, by its name; the empty name stands for those that name none.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select case when get_byte(envelope, 0) = 2 then encode(substring(envelope from 2 for 8), 'hex') else '' end, count(*) from (
                select envelope from portal_secrets.lease_keys where until > now()
                union all select envelope from portal_secrets.endpoint_passwords) as every group by 1
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancel)) counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }

    private async Task<List<Row>> RowsAsync(NpgsqlConnection connection, string select, CancellationToken cancel, Func<NpgsqlDataReader, Row> read)
    {
        var rows = new List<Row>();
        // Who deletes one meanwhile waits: nothing that is gone comes back.
        await using var command = new NpgsqlCommand($"{select} where substring(envelope from 1 for 9) <> $1 for update", connection)
        {
            Parameters = { new() { Value = MasterKeys.Head(keys.Current) } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) rows.Add(read(reader));
        return rows;
    }

    private async Task<int> SealAsync(NpgsqlConnection connection, List<Row> rows, List<string> left, CancellationToken cancel)
    {
        var count = 0;
        foreach (var row in rows)
        {
            if (row.Context is null)
            {
                left.Add($"{row.What} {row.Id}: it is from before keys had names, and ends by itself; until then its key must stay");
                continue;
            }
            var plain = keys.Open(row.Context, row.Envelope);
            if (plain is null)
            {
                left.Add($"{row.What} {row.Id}: {keys.WhyClosed(row.Envelope)}");
                continue;
            }
            await using var update = new NpgsqlCommand($"update portal_secrets.{row.Table} set envelope = $1 where {row.What} = $2", connection)
            {
                Parameters = { new() { Value = keys.Seal(row.Context, plain) }, new() { Value = row.Id } },
            };
            CryptographicOperations.ZeroMemory(plain);
            count += await update.ExecuteNonQueryAsync(cancel);
        }
        return count;
    }

    private static string LeaseContext(NpgsqlDataReader row) => Sealing.LeaseContext(
        new(new(row.GetGuid(0)), new(row.GetGuid(1)), new(row.GetGuid(2)), row.GetFieldValue<DateTimeOffset>(3)));

    // What: the thing's name, which is that of its column too.
    private sealed record Row(string What, string Table, Guid Id, string? Context, byte[] Envelope);
}
