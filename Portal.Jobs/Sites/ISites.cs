using Portal.Domain.Machines;

namespace Portal.Jobs.Sites;

/// <summary>Where to connect, as whom, and which host keys may answer.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="User">Account.</param>
/// <param name="HostKeys">The pinned keys; nothing else is spoken to.</param>
/// <param name="JumpHosts">Hosts to pass through, each <c>user@host:port</c>, nearest first.</param>
public sealed record SiteAddress(
    string Host, int Port, string User, IReadOnlyList<HostKey> HostKeys, IReadOnlyList<string> JumpHosts);

/// <summary>A private key in memory, in OpenSSH's format; wiped when disposed.</summary>
public sealed class PrivateKey(byte[] text) : IDisposable
{
    /// <summary>The key file's bytes.</summary>
    public ReadOnlyMemory<byte> Text => text;

    /// <inheritdoc/>
    public void Dispose() => System.Security.Cryptography.CryptographicOperations.ZeroMemory(text);
}

/// <summary>Connects to machines.</summary>
public interface ISites
{
    /// <summary>Connects with a key; the connection lives, and heals itself, until the site is disposed. The key is taken over: it
    /// lives on in an agent in memory alone.</summary>
    Task<ISite> ConnectAsync(SiteAddress address, PrivateKey key, CancellationToken cancel);

    /// <summary>The host keys that answer at an address now, whatever is pinned.</summary>
    Task<IReadOnlyList<HostKey>> ScanAsync(string host, int port, IReadOnlyList<string> jumpHosts, CancellationToken cancel);
}
