using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>The client's configuration of one site (ssh_config(5)): nothing of the user's or the system's own is read.</summary>
internal static partial class ClientConfig
{
    /// <summary>The machine's name in the configuration and in its list of pinned keys.</summary>
    public const string Target = "portal-machine";

    // With hardware support (nearly everywhere) AES-GCM is half as fast again as what OpenSSH would take first.
    private const string Ciphers =
        "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,aes256-ctr,aes192-ctr,aes128-ctr";

    /// <summary>Writes configuration, public key and pinned keys into the folder; gives the configuration's path.</summary>
    public static string Write(RuntimeFolder folder, SiteAddress address, string publicKey, TimeSpan connectLimit)
    {
        File.WriteAllText(folder["key.pub"], publicKey + "\n");
        File.WriteAllLines(folder["known_hosts"], address.HostKeys.Select(PinnedLine));
        var seconds = Math.Max(1, (int)connectLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        text.Append($"Host {Target}\n").Append(Place(address.User, address.Host, address.Port));
        text.Append($"  HostKeyAlias {Target}\n  UserKnownHostsFile {folder["known_hosts"]}\n  StrictHostKeyChecking yes\n");
        if (address.JumpHosts.Count > 0) text.Append($"  ProxyJump portal-jump-{address.JumpHosts.Count}\n");
        Jumps(text, address.JumpHosts);
        text.Append("Host *\n");
        foreach (var line in (string[])[
            "BatchMode yes", "PreferredAuthentications publickey", "IdentitiesOnly yes", $"IdentityFile {folder["key.pub"]}",
            $"IdentityAgent {folder["agent"]}", "GlobalKnownHostsFile /dev/null", "UpdateHostKeys no", "CheckHostIP no",
            "VerifyHostKeyDNS no", "ForwardAgent no", "ForwardX11 no", "ClearAllForwardings yes", "RequestTTY no", "EscapeChar none",
            "AddKeysToAgent no", "GSSAPIAuthentication no", "HashKnownHosts no", $"Ciphers {Ciphers}", "Compression no",
            $"ConnectTimeout {seconds}", "ServerAliveInterval 15", "ServerAliveCountMax 3", "TCPKeepAlive yes", "LogLevel ERROR",
            "PermitLocalCommand no"]) text.Append("  ").Append(line).Append('\n');
        var path = folder["config"];
        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>The configuration for reaching hosts behind jump hosts only.</summary>
    private static void Jumps(StringBuilder text, IReadOnlyList<string> jumpHosts)
    {
        for (var at = 0; at < jumpHosts.Count; at++)
        {
            var (user, host, port) = Split(jumpHosts[at]);
            text.Append(CultureInfo.InvariantCulture, $"Host portal-jump-{at + 1}\n").Append(Place(user, host, port));
            // A jump host only passes on what is encrypted for the machine behind it, whose own key is pinned, and the login's
            // signature is bound to the connection: who answers in its place learns nothing and can do nothing but hang up.
            text.Append("  UserKnownHostsFile /dev/null\n  StrictHostKeyChecking no\n");
            if (at > 0) text.Append(CultureInfo.InvariantCulture, $"  ProxyJump portal-jump-{at}\n");
        }
    }

    private static string Place(string user, string host, int port)
    {
        if (!HostPattern().IsMatch(host)) throw Odd("host", host);
        if (!UserPattern().IsMatch(user)) throw Odd("user", user);
        if (port is < 1 or > 65535) throw Odd("port", port.ToString(CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"  HostName {host}\n  User {user}\n  Port {port}\n");
    }

    /// <summary><c>user@host:port</c>, the port 22 where none is given; an IPv6 address stands in square brackets.</summary>
    public static (string User, string Host, int Port) Split(string jump)
    {
        var match = JumpPattern().Match(jump);
        if (!match.Success) throw Odd("jump host", jump);
        var port = match.Groups[3].Success ? int.Parse(match.Groups[3].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 22;
        return (match.Groups[1].Value, match.Groups[2].Value.Trim('[', ']'), port);
    }

    private static string PinnedLine(Portal.Domain.Machines.HostKey key) =>
        KeyPattern().IsMatch(key.Algorithm) && KeyPattern().IsMatch(key.PublicKey)
            ? $"{Target} {key.Algorithm} {key.PublicKey}"
            : throw Odd("host key", key.Fingerprint);

    private static PlaceException Odd(string what, string value) => new(FaultKind.Final, new(FailureName.InvalidDescription,
        $"The machine's {what} cannot be used: {value}", Advice: "Correct it in the machine's settings."));

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._:-]*\z|\A:[A-Fa-f0-9:.]+\z")]
    public static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._@+-]*\z")]
    private static partial Regex UserPattern();

    [GeneratedRegex(@"\A([^@\s]+)@(\[[A-Fa-f0-9:.]+\]|[^:\s\[\]]+)(?::([0-9]{1,5}))?\z")]
    private static partial Regex JumpPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9+/=@._-]+\z")]
    private static partial Regex KeyPattern();
}
