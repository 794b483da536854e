using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>The key pair that the portal made for one person's account on a machine. The private half exists only sealed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">The project through which its owner gets to the machine: the machine's own, or one that it is shared
/// with.</param>
/// <param name="Machine">The machine it is for.</param>
/// <param name="Owner">Who holds the security token.</param>
/// <param name="PublicKey">The line for authorized_keys.</param>
/// <param name="Fingerprint"><c>SHA256:…</c> of the public key.</param>
/// <param name="Ended"><c>rotated</c> or <c>revoked</c>; null while it may be used.</param>
public sealed record Credential(
    Id<Credential> Id, Id<Project> Project, Id<Machine> Machine, Id<User> Owner, string PublicKey, string Fingerprint, string? Ended)
    : IAggregate<Credential>
{
    /// <inheritdoc/>
    public static string Prefix => "credential";

    /// <inheritdoc/>
    public static Credential Empty { get; } = new(default, default, default, default, "", "", null);

    /// <inheritdoc/>
    public Credential Apply(Recorded recorded) => recorded.Body switch
    {
        CredentialCreated created => new(created.CredentialId, created.ProjectId, created.MachineId, created.Owner, created.PublicKey, created.Fingerprint, null),
        CredentialRotated => this with { Ended = "rotated" },
        CredentialRevoked => this with { Ended = "revoked" },
        _ => this,
    };
}

/// <summary>The right, for one run and a limited time, to use a credential while its owner is away.</summary>
public abstract class Lease;

/// <summary>A key pair was made; its private half was sealed under the token that its owner was shown.</summary>
[EventType("credential_created")]
public sealed record CredentialCreated(
    Id<Credential> CredentialId, Id<Project> ProjectId, Id<Machine> MachineId, Id<User> Owner, string PublicKey, string Fingerprint);

/// <summary>Another key pair took its place; its sealed half was deleted.</summary>
[EventType("credential_rotated")]
public sealed record CredentialRotated(Id<Credential> CredentialId, Id<Credential> Successor);

/// <summary>It may not be used any more; its sealed half and every lease of it were deleted.</summary>
[EventType("credential_revoked")]
public sealed record CredentialRevoked(Id<Credential> CredentialId);

/// <summary>It was used to try the machine step by step.</summary>
[EventType("credential_tested")]
public sealed record CredentialTested(Id<Credential> CredentialId, bool Ok);

/// <summary>It was opened with its token for something that no other event tells.</summary>
/// <param name="CredentialId">The credential.</param>
/// <param name="Purpose"><c>scan</c>: to ask which host keys answer behind a jump host.</param>
[EventType("credential_opened")]
public sealed record CredentialOpened(Id<Credential> CredentialId, string Purpose);
