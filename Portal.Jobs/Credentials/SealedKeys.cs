using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Credentials;

namespace Portal.Jobs.Credentials;

/// <summary>Sealed private keys in PostgreSQL.</summary>
public sealed class SealedKeys(NpgsqlDataSource database) : ISealedKeys
{
    /// <inheritdoc/>
    public async Task<bool> KeepAsync(Id<Credential> credential, byte[] envelope, CancellationToken cancel) =>
        await SecretTables.AskAsync(database,
            "insert into portal_secrets.sealed_keys (credential, envelope) values ($1, $2) "
            + "on conflict (credential) do nothing returning credential", cancel, credential.Value, envelope) is not null;

    /// <inheritdoc/>
    public async Task<byte[]?> FindAsync(Id<Credential> credential, CancellationToken cancel) =>
        (byte[]?)await SecretTables.AskAsync(database,
            "select envelope from portal_secrets.sealed_keys where credential = $1", cancel, credential.Value);

    /// <inheritdoc/>
    public Task ForgetAsync(Id<Credential> credential, CancellationToken cancel) => SecretTables.AskAsync(database,
        "delete from portal_secrets.sealed_keys where credential = $1", cancel, credential.Value);
}
