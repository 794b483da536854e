using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Data;

namespace Portal.Jobs.Credentials;

/// <summary>Passwords of endpoints in PostgreSQL, sealed under the portal's own key and bound to the endpoint.</summary>
public sealed class EndpointPasswords(NpgsqlDataSource database, MasterKeys keys) : IEndpointPasswords
{
    /// <inheritdoc/>
    public Task KeepAsync(Id<Endpoint> endpoint, string password, CancellationToken cancel)
    {
        var plain = Encoding.UTF8.GetBytes(password);
        var envelope = keys.Seal(Context(endpoint), plain);
        CryptographicOperations.ZeroMemory(plain);
        return SecretTables.AskAsync(database,
            "insert into portal_secrets.endpoint_passwords (endpoint, envelope) values ($1, $2) "
            + "on conflict (endpoint) do update set envelope = excluded.envelope, kept_at = now()", cancel, endpoint.Value, envelope);
    }

    /// <inheritdoc/>
    public async Task<string?> FindAsync(Id<Endpoint> endpoint, CancellationToken cancel)
    {
        var envelope = (byte[]?)await SecretTables.AskAsync(database,
            "select envelope from portal_secrets.endpoint_passwords where endpoint = $1", cancel, endpoint.Value);
        if (envelope is null) return null;
        var plain = keys.Open(Context(endpoint), envelope) ?? throw new CryptographicException(
            $"The endpoint's password does not open: {keys.WhyClosed(envelope)}. Give the password again, or have the operator put that key back.");
        var password = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return password;
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Id<Endpoint> endpoint, CancellationToken cancel) => SecretTables.AskAsync(database,
        "delete from portal_secrets.endpoint_passwords where endpoint = $1", cancel, endpoint.Value);

    /// <summary>What a password is bound to.</summary>
    internal static string Context(Id<Endpoint> endpoint) => $"portal/endpoint-password/{endpoint}";
}
