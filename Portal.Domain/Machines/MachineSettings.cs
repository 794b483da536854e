namespace Portal.Domain.Machines;

/// <summary>What a person says about a machine when registering it.</summary>
/// <param name="Name">How the project calls it: letters, digits, dot, dash, underscore and blanks; at most 80 characters.</param>
/// <param name="Host">Host name or address of the login node.</param>
/// <param name="Port">TCP port of its SSH server, 1 to 65535.</param>
/// <param name="User">Account name there.</param>
/// <param name="WorkFolder">Absolute folder below which each run gets a folder of its own.</param>
/// <param name="InstallFolder">Absolute folder for software; null when runs bring what they need.</param>
/// <param name="DataFolder">Absolute folder for data kept between runs; null when there is none.</param>
/// <param name="Scheduler"><c>slurm</c> or <c>none</c>.</param>
/// <param name="SetUpLines">Shell lines run before each step, for example <c>module load python</c>.</param>
/// <param name="JumpHosts">Login nodes to pass through, nearest first, each <c>user@host:port</c>.</param>
/// <param name="AttendedOnly">Whether it takes attended runs alone: keys for it are lent in memory and nowhere else.</param>
public sealed record MachineSettings(
    string Name, string Host, int Port, string User, string WorkFolder, string? InstallFolder, string? DataFolder,
    string Scheduler, IReadOnlyList<string> SetUpLines, IReadOnlyList<string> JumpHosts, bool AttendedOnly = false);

/// <summary>A host key as a person confirms it.</summary>
/// <param name="Algorithm">Key type as SSH names it, for example <c>ssh-ed25519</c>.</param>
/// <param name="Fingerprint">SHA-256 fingerprint as OpenSSH prints it, <c>SHA256:…</c>.</param>
/// <param name="PublicKey">The key itself, base64, without type and comment (RFC 4253, section 6.6).</param>
public sealed record HostKey(string Algorithm, string Fingerprint, string PublicKey);
