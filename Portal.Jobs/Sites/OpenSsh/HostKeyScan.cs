using System.Globalization;
using System.Security.Cryptography;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>Asks a machine for its host keys by ssh-keyscan(1).</summary>
internal static class HostKeyScan
{
    /// <summary>The keys that answer, strongest first.</summary>
    public static async Task<IReadOnlyList<HostKey>> RunAsync(string host, int port, IReadOnlyList<string> jumpHosts,
        OpenSshSettings settings, CancellationToken cancel)
    {
        var address = new SiteAddress(host, port, "scan", [], jumpHosts);
        if (!ClientConfig.HostPattern().IsMatch(host) || port is < 1 or > 65535)
            throw new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription, $"This is no host and port: {host} {port}"));
        if (jumpHosts.Count > 0)
            throw new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription,
                "A machine behind a jump host cannot be asked for its host keys before the login to the jump host is set up.",
                Advice: "Give the machine's host keys as its operators publish them."));
        var seconds = ((int)settings.ConnectLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        using var process = Spawn.Start("ssh-keyscan",
            ["-T", seconds, "-t", "ed25519,ecdsa,rsa", "-p", port.ToString(CultureInfo.InvariantCulture), "--", host]);
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancel);
            var text = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            var keys = text.Split('\n').Select(Parse).OfType<HostKey>().DistinctBy(key => key.PublicKey).ToList();
            if (keys.Count == 0) throw SshWords.Unreachable(address, (await error).Trim());
            return [.. keys.OrderBy(key => key.Algorithm switch { "ssh-ed25519" => 0, "ssh-rsa" => 2, _ => 1 })];
        }
        finally
        {
            Spawn.End(process);
        }
    }

    private static HostKey? Parse(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (line.StartsWith('#') || parts.Length < 3) return null;
        return new(parts[1], Fingerprint(Convert.FromBase64String(parts[2])), parts[2]);
    }

    /// <summary>A key's fingerprint as OpenSSH prints it: SHA-256 of the key, base64 without padding.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> key) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=');
}
