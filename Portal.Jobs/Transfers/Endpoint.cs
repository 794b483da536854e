using System.Globalization;
using Portal.Jobs.Addresses;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers;

/// <summary>An endpoint's address without any secret.</summary>
/// <param name="Scheme"><c>ftp</c>, <c>ftpes</c> (TLS on the plain port, RFC 4217), <c>ftps</c> (TLS from the first byte),
/// <c>sftp</c>, <c>http</c> or <c>https</c>, in lower case.</param>
/// <param name="Host">Host name or address, an IPv6 one without brackets.</param>
/// <param name="Port">TCP port; null for the scheme's own.</param>
/// <param name="BasePath">Folder that every path is below, unencoded; empty for where a login ends up. As in any URL, paths of FTP
/// are relative to the login folder (RFC 1738, section 3.2.2) and those of SFTP to the root.</param>
/// <param name="HostKey">For SFTP the pinned key's fingerprint as OpenSSH prints it, <c>SHA256:…</c>.</param>
/// <param name="Query">For HTTP what follows every path: a question mark and the query, percent-encoded; empty for none.</param>
public sealed record EndpointAddress(
    string Scheme, string Host, int? Port = null, string BasePath = "", string? HostKey = null, string Query = "")
{
    /// <summary>Scheme, host and port, for people.</summary>
    public override string ToString() =>
        Scheme + "://" + Host + (Port is { } port ? ":" + port.ToString(CultureInfo.InvariantCulture) : "");
}

/// <summary>What an endpoint asks for before it opens. Never written anywhere.</summary>
/// <param name="User">Account.</param>
/// <param name="Password">Its password; empty where the account alone is enough.</param>
public sealed record EndpointSecret(string User, string Password)
{
    /// <summary>Shows nothing.</summary>
    public override string ToString() => "(secret)";
}

/// <summary>How patient the portal is with endpoints, and whom it trusts.</summary>
/// <param name="ConnectLimit">Time for a connection to stand.</param>
/// <param name="StallLimit">Time without a byte after which a transfer is given up.</param>
/// <param name="CertificateAuthorities">A PEM file of the authorities to trust; null for the system's.</param>
public sealed record EndpointSettings(TimeSpan ConnectLimit, TimeSpan StallLimit, string? CertificateAuthorities = null)
{
    /// <summary>15 seconds to connect, a minute without a byte.</summary>
    public static EndpointSettings Default { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));

    /// <summary>Where they may be.</summary>
    public OutgoingGate Outgoing { get; init; } = OutgoingGate.Default;
}

/// <summary>Opens endpoints.</summary>
public interface IEndpoints
{
    /// <summary>The files of an endpoint. Nothing is connected yet; each act makes a connection of its own.</summary>
    /// <exception cref="PlaceException">The address cannot be used (final, InvalidDescription).</exception>
    IFiles Open(EndpointAddress address, EndpointSecret? secret);
}
