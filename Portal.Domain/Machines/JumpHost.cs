using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Domain.Machines;

/// <summary>A login node to pass through on the way to a machine.</summary>
/// <param name="User">Account name there.</param>
/// <param name="Host">Host name or address, an IPv6 one without brackets.</param>
/// <param name="Port">TCP port of its SSH server, 1 to 65535.</param>
public sealed partial record JumpHost(string User, string Host, int Port)
{
    /// <summary>Reads <c>user@host:port</c>: the port is 22 where none is given, an IPv6 address stands in square
    /// brackets.</summary>
    /// <returns>Null when it is not written so.</returns>
    public static JumpHost? Read(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) return null;
        var port = match.Groups["port"] is { Success: true } given
            ? int.Parse(given.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : 22;
        return port is < 1 or > 65535 ? null : new(match.Groups["user"].Value, match.Groups["host"].Value.Trim('[', ']'), port);
    }

    [GeneratedRegex(@"\A(?<user>[A-Za-z0-9_][A-Za-z0-9_.-]{0,63})@(?<host>[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|\[[A-Fa-f0-9:.]{2,45}\])(:(?<port>[0-9]{1,5}))?\z")]
    private static partial Regex Pattern();
}

/// <summary>Host keys of a jump host.</summary>
/// <param name="JumpHost">The jump host, as the machine's settings name it.</param>
/// <param name="Keys">Its keys.</param>
public sealed record JumpHostKeys(string JumpHost, IReadOnlyList<HostKey> Keys)
{
    /// <summary>The keys of one of several; none when it is not among them.</summary>
    public static IReadOnlyList<HostKey> Find(IEnumerable<JumpHostKeys> all, string jumpHost) =>
        all.FirstOrDefault(known => known.JumpHost == jumpHost)?.Keys ?? [];
}
