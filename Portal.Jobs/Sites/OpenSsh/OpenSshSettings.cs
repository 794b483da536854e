using Portal.Jobs.Addresses;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>How the portal uses the OpenSSH client.</summary>
public sealed record OpenSshSettings
{
    /// <summary>Folder in memory for sockets and public keys; each site has one of its own in it. Null: below XDG_RUNTIME_DIR,
    /// else below /dev/shm.</summary>
    public string? RuntimeFolder { get; init; }

    /// <summary>How long a connection may take to come up.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>After this the agent forgets the key by itself, should the portal not have ended it before.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(31);

    /// <summary>Ciphers to offer, the best first (ssh_config(5)): those alone that authenticate what they encrypt. With hardware
    /// support, which is nearly everywhere, AES-GCM is half as fast again as what OpenSSH would take first.</summary>
    public string Ciphers { get; init; } = "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com";

    /// <summary>Most sessions that one connection carries; sshd allows 10 where nobody changed it.</summary>
    public int SessionsPerConnection { get; init; } = 8;

    /// <summary>Most connections of one site.</summary>
    public int ConnectionsPerSite { get; init; } = 4;

    /// <summary>Most long-lived shells of one site; further commands wait for a free one.</summary>
    public int ShellsPerSite { get; init; } = 8;

    /// <summary>Where machines and first jump hosts may be. What lies behind one is reached by the jump host and not by the
    /// portal.</summary>
    public OutgoingGate Outgoing { get; init; } = OutgoingGate.Default;
}
