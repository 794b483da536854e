namespace Portal.Cli.Machines;

/// <summary>A machine, as Machines.graphql asks for it.</summary>
public sealed record Machine(string Id, string Key, string Name, string State, string Host, int Port, string User,
    string WorkFolder, string? InstallFolder, string? DataFolder, string Scheduler, IReadOnlyList<string> SetUpLines,
    IReadOnlyList<string> JumpHosts, bool AttendedOnly, IReadOnlyList<MachineShare> Shares, IReadOnlyList<HostKey> HostKeys,
        Credential? Credential);

/// <summary>Another project that may send runs to a machine.</summary>
public sealed record MachineShare(string Project, string Name, string From);

/// <summary>A host key.</summary>
public sealed record HostKey(string Algorithm, string Fingerprint, string PublicKey);

/// <summary>The host keys that answer on the way to a machine, and why nothing further could be seen.</summary>
public sealed record SeenHostKeys(IReadOnlyList<HostKey> Keys, IReadOnlyList<JumpHostKeys> JumpHosts, StoppedLook? Stopped);

/// <summary>The host keys of a jump host.</summary>
public sealed record JumpHostKeys(string JumpHost, IReadOnlyList<HostKey> Keys);

/// <summary>Why a look for host keys went no further.</summary>
public sealed record StoppedLook(string Code, string Message, string? Advice);

/// <summary>One's own key on a machine.</summary>
public sealed record Credential(string Id, string Fingerprint, string PublicKey, DateTimeOffset CreatedAt,
    DateTimeOffset? TestedAt, bool? TestedOk);

/// <summary>A key just made; its security token is shown this once.</summary>
public sealed record CreatedCredential(string Id, string PublicKey, string Fingerprint, string InstallCommand,
    string SecurityToken);

/// <summary>A connection test; the first step that fails is the last.</summary>
public sealed record ConnectionTest(bool Ok, IReadOnlyList<CheckStep> Steps);

/// <summary>A step of a connection test.</summary>
public sealed record CheckStep(string Name, bool Ok, string Message, string? Advice);
