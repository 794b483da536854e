using System.Security.Cryptography;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Credentials;

namespace Portal.Jobs.Credentials;

/// <summary>Keys lent to runs, in PostgreSQL, sealed under the portal's own key and bound to the lease's terms.</summary>
public sealed class LeaseKeys(NpgsqlDataSource database, MasterKey master, TimeProvider clock) : ILeaseKeys
{
    /// <inheritdoc/>
    public Task KeepAsync(LeaseTerms terms, ReadOnlyMemory<byte> privateKey, CancellationToken cancel)
    {
        var envelope = Sealing.Seal(master.Bytes, Sealing.LeaseContext(terms), privateKey.Span,
            RandomNumberGenerator.GetBytes(Sealing.RandomBytes));
        return SecretTables.AskAsync(database,
            "insert into portal_secrets.lease_keys (lease, credential, until, envelope) values ($1, $2, $3, $4) "
            + "on conflict (lease) do nothing",
            cancel, terms.Lease.Value, terms.Credential.Value, terms.Until.UtcDateTime, envelope);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> OpenAsync(LeaseTerms terms, CancellationToken cancel)
    {
        if (terms.Until <= clock.GetUtcNow()) return null;
        var envelope = (byte[]?)await SecretTables.AskAsync(database,
            "select envelope from portal_secrets.lease_keys where lease = $1", cancel, terms.Lease.Value);
        return envelope is null ? null : Sealing.Open(master.Bytes, Sealing.LeaseContext(terms), envelope);
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Id<Lease> lease, CancellationToken cancel) => SecretTables.AskAsync(database,
        "delete from portal_secrets.lease_keys where lease = $1", cancel, lease.Value);

    /// <inheritdoc/>
    public Task ForgetAllAsync(Id<Credential> credential, CancellationToken cancel) => SecretTables.AskAsync(database,
        "delete from portal_secrets.lease_keys where credential = $1", cancel, credential.Value);

    /// <inheritdoc/>
    public Task ForgetOverAsync(CancellationToken cancel) => SecretTables.AskAsync(database,
        "delete from portal_secrets.lease_keys where until <= $1", cancel, clock.GetUtcNow().UtcDateTime);
}
