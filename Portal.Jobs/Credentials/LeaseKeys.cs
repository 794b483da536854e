using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Credentials;

namespace Portal.Jobs.Credentials;

/// <summary>Keys lent to runs, in PostgreSQL, sealed under the portal's own key and bound to the lease's terms. Those of attended runs
/// are in this process's memory alone, sealed under a key that is there too, so that neither is found by looking for the other.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="keys">The portal's own keys.</param>
/// <param name="clock">Tells when a lease is over.</param>
/// <param name="attends">Whether this process is a worker.</param>
public sealed class LeaseKeys(NpgsqlDataSource database, MasterKeys keys, TimeProvider clock, bool attends = true) : ILeaseKeys
{
    /// <inheritdoc/>
    public bool Attends => attends;

    private readonly ConcurrentDictionary<Id<Lease>, (Id<Credential> Credential, byte[] Envelope)> _attended = new();
    private readonly byte[] _memoryKey = RandomNumberGenerator.GetBytes(32);

    /// <inheritdoc/>
    public async Task KeepAsync(LeaseTerms terms, ReadOnlyMemory<byte> privateKey, CancellationToken cancel)
    {
        if (terms.Attended)
            _attended[terms.Lease] = (terms.Credential, Sealing.Seal(_memoryKey, Sealing.LeaseContext(terms), privateKey.Span,
                RandomNumberGenerator.GetBytes(Sealing.RandomBytes)));
        else
            await SecretTables.AskAsync(database,
                "insert into portal_secrets.lease_keys (lease, run, credential, until, envelope) values ($1, $2, $3, $4, $5) "
                + "on conflict (lease) do nothing", cancel, terms.Lease.Value, terms.Run.Value, terms.Credential.Value,
                terms.Until.UtcDateTime, keys.Seal(Sealing.LeaseContext(terms), privateKey.Span));
    }

    /// <inheritdoc/>
    public async Task<byte[]?> OpenAsync(LeaseTerms terms, CancellationToken cancel)
    {
        if (terms.Until <= clock.GetUtcNow()) return null;
        var context = Sealing.LeaseContext(terms);
        if (terms.Attended)
            return _attended.TryGetValue(terms.Lease, out var held) ? Sealing.Open(_memoryKey, context, held.Envelope) : null;
        var envelope = (byte[]?)await SecretTables.AskAsync(database,
            "select envelope from portal_secrets.lease_keys where lease = $1", cancel, terms.Lease.Value);
        return envelope is null ? null : keys.Open(context, envelope);
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(Id<Lease> lease, CancellationToken cancel)
    {
        if (_attended.TryRemove(lease, out _)) return;
        await SecretTables.AskAsync(database, "delete from portal_secrets.lease_keys where lease = $1", cancel, lease.Value);
    }

    /// <inheritdoc/>
    public async Task ForgetAllAsync(Id<Credential> credential, CancellationToken cancel)
    {
        foreach (var lease in _attended.Where(pair => pair.Value.Credential == credential).Select(pair => pair.Key))
            _attended.TryRemove(lease, out _);
        await SecretTables.AskAsync(database, "delete from portal_secrets.lease_keys where credential = $1", cancel, credential.Value);
    }

    /// <inheritdoc/>
    public Task ForgetOverAsync(CancellationToken cancel) => SecretTables.AskAsync(database,
        "delete from portal_secrets.lease_keys where until <= $1", cancel, clock.GetUtcNow().UtcDateTime);
}
