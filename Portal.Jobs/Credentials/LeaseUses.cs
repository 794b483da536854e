using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Credentials;

namespace Portal.Jobs.Credentials;

/// <summary>How often leases were used, in PostgreSQL.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">Tells when.</param>
public sealed class LeaseUses(NpgsqlDataSource database, TimeProvider clock) : ILeaseUses
{
    /// <inheritdoc/>
    public Task NoteAsync(Id<Lease> lease, CancellationToken cancel) => SecretTables.AskAsync(database,
        "insert into portal_secrets.lease_uses (lease, times, last_at) values ($1, 1, $2) "
        + "on conflict (lease) do update set times = lease_uses.times + 1, last_at = excluded.last_at",
        cancel, lease.Value, clock.GetUtcNow().UtcDateTime);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Id<Lease>, LeaseUse>> FindAsync(
        IReadOnlyCollection<Id<Lease>> leases, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select lease, times, last_at from portal_secrets.lease_uses where lease = any($1)");
        command.Parameters.Add(new() { Value = leases.Select(lease => lease.Value).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<Id<Lease>, LeaseUse>();
        while (await rows.ReadAsync(cancel))
            found[new(rows.GetGuid(0))] = new(rows.GetInt32(1), await rows.GetFieldValueAsync<DateTimeOffset>(2, cancel));
        return found;
    }
}
