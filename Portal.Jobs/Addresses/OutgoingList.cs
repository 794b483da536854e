using System.Net;
using System.Text.RegularExpressions;

namespace Portal.Jobs.Addresses;

/// <summary>Hosts and addresses, as a list in the configuration names them.</summary>
internal sealed partial class OutgoingList
{
    private readonly List<string> hosts = [];
    private readonly List<IPNetwork> networks = [];

    /// <summary>Reads a list with commas.</summary>
    /// <exception cref="FormatException">An entry is nothing of the kind.</exception>
    public OutgoingList(string text, string setting)
    {
        foreach (var entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(entry, out var address)) networks.Add(new(address, address.GetAddressBytes().Length * 8));
            else if (IPNetwork.TryParse(entry, out var network)) networks.Add(network);
            else if (HostPattern().IsMatch(entry)) hosts.Add(entry.ToLowerInvariant());
            else throw new FormatException($"{setting}: '{entry}' is no host, no pattern such as *.example.org, "
                + "no address and no network such as 10.0.0.0/8.");
        }
    }

    /// <summary>Whether an entry is a name or a pattern that the host fits. A pattern holds for all below it, and not for
    /// itself.</summary>
    public bool Names(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        return hosts.Exists(entry => entry == "*" || entry == name
            || (entry[0] == '*' && name.Length >= entry.Length && name.EndsWith(entry[1..], StringComparison.Ordinal)));
    }

    /// <summary>Whether an entry is the address, or a network that it is in.</summary>
    public bool Holds(IPAddress address) => networks.Exists(network => network.Contains(address));

    [GeneratedRegex(@"\A(\*|(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*)\z")]
    private static partial Regex HostPattern();
}
