using System.Globalization;
using System.Security.Cryptography;
using Portal.Domain.Machines;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>Asks a machine for its host keys by ssh-keyscan(1).</summary>
internal static class HostKeyScan
{
    /// <summary>The keys that answer, strongest first.</summary>
    public static async Task<IReadOnlyList<HostKey>> RunAsync(SiteAddress address, OpenSshSettings settings, CancellationToken cancel)
    {
        ClientConfig.Check(address);
        var complaints = "";
        foreach (var at in await FirstHop.ReachAsync(address, settings, cancel))
        {
            var (text, error) = await AskAsync("ssh-keyscan", ["-T", Seconds(settings), "-t", "ed25519,ecdsa,rsa",
                "-p", address.Port.ToString(CultureInfo.InvariantCulture), "--", at.Replace("%%", "%", StringComparison.Ordinal)],
                cancel);
            if (Read(text) is { Count: > 0 } keys) return keys;
            complaints += error;
        }
        throw SshWords.Unreachable(address, complaints.Trim());
    }

    /// <summary>How long a connection may take, in whole seconds.</summary>
    public static string Seconds(OpenSshSettings settings) =>
        Math.Max(1, (int)settings.ConnectLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs a program to its end; gives what it said and what it complained of.</summary>
    public static async Task<(string Text, string Error)> AskAsync(string program, string[] arguments, CancellationToken cancel)
    {
        using var process = Spawn.Start(program, arguments);
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancel);
            var text = await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return (text, await error);
        }
        finally
        {
            Spawn.End(process);
        }
    }

    /// <summary>The keys in lines of a known_hosts file (sshd(8)), strongest first.</summary>
    public static IReadOnlyList<HostKey> Read(string lines) =>
        [.. lines.Split('\n').Select(Parse).OfType<HostKey>().DistinctBy(key => key.PublicKey)
            .OrderBy(key => key.Algorithm switch { "ssh-ed25519" => 0, "ssh-rsa" => 2, _ => 1 })];

    private static HostKey? Parse(string line)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (line.StartsWith('#') || parts.Length < 3) return null;
        return new(parts[1], Fingerprint(Convert.FromBase64String(parts[2])), parts[2]);
    }

    /// <summary>A key's fingerprint as OpenSSH prints it: SHA-256 of the key, base64 without padding.</summary>
    public static string Fingerprint(ReadOnlySpan<byte> key) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(key)).TrimEnd('=');
}
