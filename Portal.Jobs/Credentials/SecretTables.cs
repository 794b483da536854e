using Npgsql;

namespace Portal.Jobs.Credentials;

/// <summary>The tables of sealed things, apart from the events: what is deleted here is gone, while events stay for ever.
/// Beside the keys of leases stands how often they were used.</summary>
public static class SecretTables
{
    // Any number of our own; two nodes that start at once make the tables one after the other.
    private const long LockNumber = 0x506f7274616c5365;

    private const string Sql = """
        create schema if not exists portal_secrets;
        create table if not exists portal_secrets.sealed_keys (
            credential uuid primary key, envelope bytea not null, kept_at timestamptz not null default now());
        create table if not exists portal_secrets.lease_keys (
            lease uuid primary key, credential uuid not null, until timestamptz not null, envelope bytea not null);
        alter table portal_secrets.lease_keys add column if not exists run uuid;
        create index if not exists lease_keys_credential on portal_secrets.lease_keys (credential);
        create index if not exists lease_keys_until on portal_secrets.lease_keys (until);
        create table if not exists portal_secrets.lease_uses (
            lease uuid primary key, times integer not null, last_at timestamptz not null);
        create table if not exists portal_secrets.endpoint_passwords (
            endpoint uuid primary key, envelope bytea not null, kept_at timestamptz not null default now());
        """;

    /// <summary>Makes what is missing.</summary>
    public static async Task ProvisionAsync(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var hold = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection, transaction) { Parameters = { new() { Value = LockNumber } } })
            await hold.ExecuteNonQueryAsync(cancel);
        await using (var make = new NpgsqlCommand(Sql, connection, transaction)) await make.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Runs one statement; gives the first column of its first row, or null.</summary>
    internal static async Task<object?> AskAsync(NpgsqlDataSource database, string sql, CancellationToken cancel, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync(cancel);
    }
}
