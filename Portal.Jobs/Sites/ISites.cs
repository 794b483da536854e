using Portal.Domain.Machines;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites;

/// <summary>Where to connect, as whom, and which host keys may answer.</summary>
/// <param name="Host">Host name or address.</param>
/// <param name="Port">TCP port.</param>
/// <param name="User">Account.</param>
/// <param name="HostKeys">The pinned keys; nothing else is spoken to.</param>
/// <param name="Through">The jump host before it, which may have one before it in turn; null where none is.</param>
/// <param name="JumpHost">For a jump host its name in the machine's settings; null for the machine itself.</param>
public sealed record SiteAddress(
    string Host, int Port, string User, IReadOnlyList<HostKey> HostKeys, SiteAddress? Through = null, string? JumpHost = null)
{
    /// <summary>All hosts on the way, nearest first, this one last.</summary>
    public IEnumerable<SiteAddress> Way => [.. Through?.Way ?? [], this];

    /// <summary>The address of a machine with all keys that are pinned on the way.</summary>
    /// <exception cref="PlaceException">A jump host cannot be read.</exception>
    public static SiteAddress Of(MachineView machine)
    {
        var settings = machine.Settings;
        var through = settings.JumpHosts.Aggregate((SiteAddress?)null, (before, jump) => OfJump(jump, machine.KeysOf(jump), before));
        return new(settings.Host, settings.Port, settings.User, machine.HostKeys, through);
    }

    private static SiteAddress OfJump(string written, IReadOnlyList<HostKey> keys, SiteAddress? before) =>
        Domain.Machines.JumpHost.Read(written) is { } jump
            ? new(jump.Host, jump.Port, jump.User, keys, before, written)
            : throw new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription,
                $"The machine's jump host cannot be used: {written}", Advice: "Correct it in the machine's settings."));
}

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

    /// <summary>The host keys that answer at an address now, whatever is pinned there. Behind a jump host they are asked for
    /// through it: it must answer with a pinned key of its own.</summary>
    /// <param name="address">Where.</param>
    /// <param name="key">Logs in to the jump hosts, and is taken over; null where there are none.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<HostKey>> ScanAsync(SiteAddress address, PrivateKey? key, CancellationToken cancel);
}
