using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;

namespace Portal.Domain.Credentials;

/// <summary>A key pair just made. The private half is wiped by whoever holds it, as soon as it is sealed.</summary>
/// <param name="PublicKey">The line for authorized_keys.</param>
/// <param name="Fingerprint"><c>SHA256:…</c>.</param>
/// <param name="PrivateKey">In OpenSSH's format.</param>
public sealed record KeyPair(string PublicKey, string Fingerprint, byte[] PrivateKey);

/// <summary>Makes Ed25519 key pairs. The portal's side of it is in Jobs.</summary>
public interface IKeyForge
{
    /// <summary>A new pair, whose comment tells what it is for.</summary>
    Task<KeyPair> CreateAsync(string comment, CancellationToken cancel);
}

/// <summary>Where private keys stand, sealed under tokens that the portal does not have.</summary>
public interface ISealedKeys
{
    /// <summary>Keeps a sealed key. False, and nothing changes, where one is kept under this credential already: what two make at
    /// once under one id never takes each other's place.</summary>
    Task<bool> KeepAsync(Id<Credential> credential, byte[] envelope, CancellationToken cancel);

    /// <summary>The sealed key, or null when it was deleted.</summary>
    Task<byte[]?> FindAsync(Id<Credential> credential, CancellationToken cancel);

    /// <summary>Deletes it.</summary>
    Task ForgetAsync(Id<Credential> credential, CancellationToken cancel);
}

/// <summary>What a lease's key is bound to; another run, credential or end does not open it.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Run">The run it is for.</param>
/// <param name="Credential">The credential lent.</param>
/// <param name="Until">Its end.</param>
/// <param name="Attended">Whether its key is held in memory alone: it is gone when the portal stops, and the run waits for the token.</param>
public sealed record LeaseTerms(Id<Lease> Lease, Id<Run> Run, Id<Credential> Credential, DateTimeOffset Until, bool Attended = false);

/// <summary>Where keys lent to runs stand, sealed under the portal's own key, which lies outside the database.</summary>
public interface ILeaseKeys
{
    /// <summary>Whether keys of attended runs are of use here: they stay in this process, so it must do the work itself.</summary>
    bool Attends { get; }

    /// <summary>Seals a key under the terms and keeps it.</summary>
    Task KeepAsync(LeaseTerms terms, ReadOnlyMemory<byte> privateKey, CancellationToken cancel);

    /// <summary>The key, or null when the lease is over, was deleted, or the terms are not its own.</summary>
    Task<byte[]?> OpenAsync(LeaseTerms terms, CancellationToken cancel);

    /// <summary>Deletes a lease's key.</summary>
    Task ForgetAsync(Id<Lease> lease, CancellationToken cancel);

    /// <summary>Deletes the keys of leases whose time is up.</summary>
    Task ForgetOverAsync(CancellationToken cancel);

    /// <summary>Deletes every lease's key of a credential.</summary>
    Task ForgetAllAsync(Id<Credential> credential, CancellationToken cancel);
}

/// <summary>How often a lease was used.</summary>
/// <param name="Times">Connections to the machine that were opened with its key, or that its run joined.</param>
/// <param name="LastAt">When that was last.</param>
public sealed record LeaseUse(int Times, DateTimeOffset LastAt);

/// <summary>Counts uses of leases. A line in a table and no event: what happened over the connection is told by the run's
/// events.</summary>
public interface ILeaseUses
{
    /// <summary>Counts one more.</summary>
    Task NoteAsync(Id<Lease> lease, CancellationToken cancel);

    /// <summary>By lease; one that was never used is absent.</summary>
    Task<IReadOnlyDictionary<Id<Lease>, LeaseUse>> FindAsync(IReadOnlyCollection<Id<Lease>> leases, CancellationToken cancel);
}

/// <summary>Tries a machine step by step with a key. The portal's side of it is in Jobs.</summary>
public interface IMachineProbe
{
    /// <summary>The steps as they are done; it ends with the first that fails. Takes the key over and wipes it.</summary>
    IAsyncEnumerable<CheckStep> CheckAsync(MachineView machine, byte[] privateKey, CancellationToken cancel);
}
