using System.Net;
using System.Net.Sockets;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Addresses;

/// <summary>Decides where the portal connects (docs/adr/0031). Who connects does so to the addresses that come back, and asks for
/// the name no second time.</summary>
public sealed class OutgoingGate
{
    // This machine, its link, a cloud's metadata, groups, and what stands for no host (RFC 6890, with two addresses of clouds).
    private static readonly OutgoingList Never = new(
        "0.0.0.0/8,127.0.0.0/8,169.254.0.0/16,224.0.0.0/4,240.0.0.0/4,100.100.100.200,"
        + "::/96,fe80::/10,ff00::/8,fd00:ec2::254", "");

    // An IPv4 address in an IPv6 one (RFC 6052, section 2.1).
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    private readonly OutgoingList allow, refuse, unencrypted;

    /// <summary>Reads the lists.</summary>
    /// <exception cref="FormatException">An entry means nothing.</exception>
    public OutgoingGate(OutgoingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        allow = new(settings.Allow, "Portal:Outgoing:Allow");
        refuse = new(settings.Refuse, "Portal:Outgoing:Refuse");
        unencrypted = new(settings.Plain, "Portal:Outgoing:Plain");
    }

    /// <summary>Asks what a name stands for.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>What holds where nothing is configured.</summary>
    public static OutgoingGate Default { get; } = new(new());

    /// <summary>Whether the host may be reached at the address.</summary>
    public bool Allows(string host, IPAddress address)
    {
        var plain = Plain(address);
        return !refuse.Names(host) && !refuse.Holds(plain) && (allow.Holds(plain) || (allow.Names(host) && !Never.Holds(plain)));
    }

    /// <summary>The addresses of a host to connect to, best first.</summary>
    /// <param name="host">Its name or address; an IPv6 one with or without brackets.</param>
    /// <param name="encrypted">Whether what is spoken there is encrypted.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="PlaceException">None is allowed, or none without encryption (blocking, AddressRefused), or the name has none (transient,
    /// Unreachable).</exception>
    public async Task<IReadOnlyList<IPAddress>> ReachAsync(string host, bool encrypted, CancellationToken cancel)
    {
        var name = host.Trim('[', ']');
        IReadOnlyList<IPAddress> all;
        try
        {
            all = IPAddress.TryParse(name, out var given) ? [given] : await Resolve(name, cancel);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentException)
        {
            throw new PlaceException(FaultKind.Transient, new(FailureName.Unreachable,
                $"The name {name} stands for no address.", fault.Message, "Check the name if it lasts."), fault);
        }
        var allowed = all.Where(address => Allows(name, address)).ToList();
        if (allowed.Count == 0)
            throw Refused($"{name} is not among the addresses that this portal connects to.",
                "Use another address, or ask the portal's operators to allow it (Portal:Outgoing:Allow).");
        if (!encrypted) allowed.RemoveAll(address => !AllowsPlain(name, Plain(address)));
        return allowed.Count > 0 ? allowed
            : throw Refused($"{name} would be spoken to without encryption, which this portal does not do.",
                "Use https, ftps, ftpes, sftp or ssh, or ask the portal's operators to allow it (Portal:Outgoing:Plain).");
    }

    /// <summary>A connection to a host, to whichever of its addresses answers first.</summary>
    /// <exception cref="PlaceException">It may not be reached, or its name has no address.</exception>
    /// <exception cref="SocketException">Nothing answers.</exception>
    public async Task<NetworkStream> ConnectAsync(string host, int port, bool encrypted, CancellationToken cancel) =>
        await ConnectAsync([.. await ReachAsync(host, encrypted, cancel)], port, cancel);

    /// <summary>For requests by HTTP whose addresses others choose: every connection is looked at, those of redirects
    /// too.</summary>
    /// <param name="trusted">Hosts that the configuration names itself, which are not asked about.</param>
    public SocketsHttpHandler Handler(params IReadOnlyCollection<string> trusted) => new()
    {
        ConnectCallback = async (context, cancel) =>
        {
            var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
            return trusted.Contains(host, StringComparer.OrdinalIgnoreCase)
                ? await ConnectAsync(await Resolve(host, cancel), port, cancel)
                : await ConnectAsync(host, port, context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps, cancel);
        },
    };

    /// <summary>An address as it stands in a URL (RFC 3986, section 3.2.2).</summary>
    internal static string Written(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private bool AllowsPlain(string host, IPAddress address) =>
        IPAddress.IsLoopback(address) || unencrypted.Names(host) || unencrypted.Holds(address);

    private static async Task<NetworkStream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : Translated.Contains(address) ? new(address.GetAddressBytes().AsSpan(12))
        : address;

    private static PlaceException Refused(string message, string advice) =>
        new(FaultKind.Blocking, new(FailureName.AddressRefused, message, null, advice));
}
