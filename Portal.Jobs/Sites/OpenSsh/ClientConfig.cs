using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Domain.Machines;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>The client's configuration of one site (ssh_config(5)): nothing of the user's or the system's own is read.</summary>
internal static partial class ClientConfig
{
    private const string Target = "portal-machine";

    /// <summary>Writes configuration, public key and pinned keys into the folder; gives the configuration's path.</summary>
    public static string Write(RuntimeFolder folder, SiteAddress address, string publicKey, OpenSshSettings settings)
    {
        File.WriteAllText(folder["key.pub"], publicKey + "\n");
        File.WriteAllLines(folder["known_hosts"], address.Way.SelectMany(at => at.HostKeys.Select(key => PinnedLine(at, key))));
        var seconds = Math.Max(1, (int)settings.ConnectLimit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        foreach (var at in address.Way) text.Append($"Host {Alias(at)}\n  HostKeyAlias {Alias(at)}\n").Append(Place(at));
        text.Append("Host *\n");
        foreach (var line in (string[])[
            $"UserKnownHostsFile {folder["known_hosts"]}", "StrictHostKeyChecking yes", "BatchMode yes",
            "PreferredAuthentications publickey", "IdentitiesOnly yes", $"IdentityFile {folder["key.pub"]}",
            $"IdentityAgent {folder["agent"]}", "GlobalKnownHostsFile /dev/null", "UpdateHostKeys no", "CheckHostIP no",
            "VerifyHostKeyDNS no", "ForwardAgent no", "ForwardX11 no", "ClearAllForwardings yes", "RequestTTY no", "EscapeChar none",
            "AddKeysToAgent no", "GSSAPIAuthentication no", "HashKnownHosts no", $"Ciphers {settings.Ciphers}", "Compression no",
            $"ConnectTimeout {seconds}", "ServerAliveInterval 15", "ServerAliveCountMax 3", "TCPKeepAlive yes", "LogLevel ERROR",
            "PermitLocalCommand no"]) text.Append("  ").Append(line).Append('\n');
        var path = folder["config"];
        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>The name of a host in the configuration and in the list of pinned keys: the machine's, or
    /// <c>portal-jump-N</c>.</summary>
    public static string Alias(SiteAddress address) => address.JumpHost is null
        ? Target
        : string.Create(CultureInfo.InvariantCulture, $"portal-jump-{address.Way.Count()}");

    private static string Place(SiteAddress address)
    {
        Check(address);
        // No HostName: who connects gives the address that was looked at, or passes through a host before. Else nothing is reached.
        return string.Create(CultureInfo.InvariantCulture, $"  User {address.User}\n  Port {address.Port}\n");
    }

    /// <summary>Refuses what could mean something else to a program than a host, a user and a port.</summary>
    public static void Check(SiteAddress address)
    {
        var (host, port, user) = (address.Host, address.Port, address.User);
        if (!HostPattern().IsMatch(host)) throw Odd("host", host);
        if (!UserPattern().IsMatch(user)) throw Odd("user", user);
        if (port is < 1 or > 65535) throw Odd("port", port.ToString(CultureInfo.InvariantCulture));
    }

    private static string PinnedLine(SiteAddress address, HostKey key) =>
        KeyPattern().IsMatch(key.Algorithm) && KeyPattern().IsMatch(key.PublicKey)
            ? $"{Alias(address)} {key.Algorithm} {key.PublicKey}"
            : throw Odd("host key", key.Fingerprint);

    private static PlaceException Odd(string what, string value) => new(FaultKind.Final, new(FailureName.InvalidDescription,
        $"The machine's {what} cannot be used: {value}", Advice: "Correct it in the machine's settings."));

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._:-]*\z|\A:[A-Fa-f0-9:.]+\z")]
    private static partial Regex HostPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._@+-]*\z")]
    private static partial Regex UserPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9+/=@._-]+\z")]
    private static partial Regex KeyPattern();
}
