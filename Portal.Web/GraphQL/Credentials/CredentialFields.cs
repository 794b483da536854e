using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Machines;

namespace Portal.Web.GraphQL.Credentials;

/// <summary>The caller's key on a machine; its private half is shown to nobody.</summary>
/// <param name="Id">Its id.</param>
/// <param name="PublicKey">The line for <c>authorized_keys</c>.</param>
/// <param name="Fingerprint">SHA-256 fingerprint as OpenSSH prints it.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="TestedAt">When it was last tried.</param>
/// <param name="TestedOk">Whether that went well.</param>
[ObjectType("Credential")]
public sealed record CredentialNode([property: Id("Credential")] Id<Credential> Id, string PublicKey, string Fingerprint,
    DateTimeOffset CreatedAt, DateTimeOffset? TestedAt, bool? TestedOk);

/// <summary>Finds the caller's keys on many machines with one question.</summary>
/// <param name="mine">Finds them.</param>
public sealed class CredentialLoader(MyCredentialsHandler mine) : DataLoader<Id<Machine>, CredentialNode>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<Machine>, CredentialNode> batch, CancellationToken cancel)
    {
        foreach (var (machine, key) in await mine.HandleAsync((Caller)Caller!, [.. batch.Keys], cancel))
            batch.Set(machine, new(key.Id, key.PublicKey, key.Fingerprint, key.CreatedAt, key.TestedAt, key.TestedOk));
    }
}

/// <summary>What of a machine is the caller's own.</summary>
[ObjectType<MachineNode>]
public static class MachineCredential
{
    /// <summary>The caller's key on it; null before one is made.</summary>
    public static Task<CredentialNode?> GetCredentialAsync([Parent] MachineNode machine, CredentialLoader keys) =>
        keys.LoadAsync(machine.Id);
}
