using System.Globalization;
using Portal.Domain.Machines;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>Asks a machine behind a jump host for its host keys. ssh-keyscan(1) cannot pass through one; ssh(1) can, and notes
/// the key that answers in a file of its own before it would log in, which is not tried.</summary>
internal static class HiddenKeyScan
{
    // One question each: a server shows one key a connection (RFC 4253, section 7.1).
    private static readonly string[] Algorithms =
        ["ssh-ed25519", "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521", "rsa-sha2-512,rsa-sha2-256"];

    /// <summary>The keys that answer, strongest first.</summary>
    /// <param name="address">The machine.</param>
    /// <param name="passing">Arguments that reach it through the jump host.</param>
    /// <param name="folder">Where to note them.</param>
    /// <param name="settings">How long it may take.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<IReadOnlyList<HostKey>> RunAsync(
        SiteAddress address, IReadOnlyList<string> passing, RuntimeFolder folder, OpenSshSettings settings, CancellationToken cancel)
    {
        ClientConfig.Check(address);
        var (seen, words) = ("", "");
        for (var at = 0; at < Algorithms.Length; at++)
        {
            var file = folder[string.Create(CultureInfo.InvariantCulture, $"seen{at}")];
            words = (await HostKeyScan.AskAsync("ssh", ["-F", "none", .. Options(address, file, Algorithms[at], settings), .. passing,
                "--", address.Host, "true"], cancel)).Error;
            if (File.Exists(file)) seen += await File.ReadAllTextAsync(file, cancel);
        }
        return HostKeyScan.Read(seen) is { Count: > 0 } keys ? keys : throw SshWords.Unreachable(address, words.Trim());
    }

    private static IEnumerable<string> Options(SiteAddress address, string file, string algorithms, OpenSshSettings settings) =>
        ((string[])[
            "BatchMode=yes", "PreferredAuthentications=none", "PubkeyAuthentication=no", "IdentityAgent=none", "IdentityFile=none",
            "StrictHostKeyChecking=no", $"UserKnownHostsFile={file}", "GlobalKnownHostsFile=/dev/null", "HashKnownHosts=no", "UpdateHostKeys=no",
            "CheckHostIP=no", "VerifyHostKeyDNS=no", $"HostKeyAlgorithms={algorithms}", "ClearAllForwardings=yes", "LogLevel=ERROR",
            $"ConnectTimeout={HostKeyScan.Seconds(settings)}", $"User={address.User}",
            string.Create(CultureInfo.InvariantCulture, $"Port={address.Port}")]).SelectMany(option => (string[])["-o", option]);
}
