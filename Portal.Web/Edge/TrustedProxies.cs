using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Portal.Web.Edge;

/// <summary>Believes <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the proxies that are configured, and of nobody
/// else.</summary>
public static class TrustedProxies
{
    /// <summary>Puts it in place, before everything that asks for an address. Without proxies the headers mean nothing.</summary>
    /// <exception cref="FormatException">The setting holds what is no address and no network.</exception>
    public static void UseTrustedProxies(this WebApplication app, string proxies)
    {
        var networks = Parse(proxies);
        if (networks.Count == 0) return;
        var options = new ForwardedHeadersOptions
        {
            // As many proxies in a row as there are: the walk ends at the first address that is none of them.
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Addresses and networks (RFC 4632) from a list with commas.</summary>
    /// <exception cref="FormatException">One of them is neither.</exception>
    public static IReadOnlyList<IPNetwork> Parse(string proxies) =>
        [.. proxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)];

    private static IPNetwork One(string text) =>
        IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : throw new FormatException($"Portal:Proxies: '{text}' is no address and no network such as 10.0.0.0/8.");
}
