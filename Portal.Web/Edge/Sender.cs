using System.Net;
using System.Net.Sockets;

namespace Portal.Web.Edge;

/// <summary>Who sends a request, as far as limits ask.</summary>
/// <param name="Token">Id of the access token that was shown; null without a good one.</param>
/// <param name="Account">Id of the account that is signed in, by whatever means; null for strangers.</param>
/// <param name="Address">Where it comes from, as it is counted.</param>
public sealed record Sender(string? Token, string? Account, string Address)
{
    /// <summary>The address that is counted: of IPv6 the first 64 bits, since whoever has one address has all of these.</summary>
    public static string AddressOf(HttpContext? context) => AddressOf(context?.Connection.RemoteIpAddress);

    /// <summary>The same of an address.</summary>
    public static string AddressOf(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true }) address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 }
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) + "/64"
            : address?.ToString() ?? "";
    }
}
