using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Turns an endpoint's address and a path there into a URL (RFC 3986) that can mean nothing else.</summary>
internal static class CurlUrl
{
    private static readonly string[] Schemes = ["ftp", "ftpes", "ftps", "sftp", "http", "https"];

    /// <summary>Refuses what cannot be an address, before anything is run.</summary>
    public static void Check(EndpointAddress address)
    {
        if (!Schemes.Contains(address.Scheme))
            throw Refused($"An endpoint cannot be reached by “{address.Scheme}”.", "Use ftp, ftpes, ftps, sftp, http or https.");
        if (Uri.CheckHostName(address.Host) == UriHostNameType.Unknown || address.Host.StartsWith('-'))
            throw Refused($"“{address.Host}” is no host name.", "Give a host name or an IP address.");
        if (address.Port is < 1 or > 65535) throw Refused("A port is a number from 1 to 65535.", "Correct the port.");
    }

    /// <summary>The URL of a path, every segment percent-encoded; a folder's ends with a slash.</summary>
    public static string Of(EndpointAddress address, string path, bool folder)
    {
        var scheme = address.Scheme == "ftpes" ? "ftp" : address.Scheme;
        var host = Uri.CheckHostName(address.Host) == UriHostNameType.IPv6 ? "[" + address.Host + "]" : address.Host;
        var port = address.Port is { } given ? ":" + given.ToString(CultureInfo.InvariantCulture) : "";
        var segments = Segments(address, path).Select(Uri.EscapeDataString).ToArray();
        return scheme + "://" + host + port + "/" + string.Join('/', segments) + (folder && segments.Length > 0 ? "/" : "")
            + (scheme is "http" or "https" ? address.Query : "");
    }

    /// <summary>The path as the server's own commands take it: relative to the login folder for FTP, absolute for SFTP.</summary>
    public static string ServerPath(EndpointAddress address, string path) =>
        (address.Scheme == "sftp" ? "/" : "") + string.Join('/', Segments(address, path));

    private static IEnumerable<string> Segments(EndpointAddress address, string path)
    {
        var segments = (address.BasePath + "/" + path).Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var segment in segments)
        {
            if (segment is "." or "..") throw Refused("A path at an endpoint cannot hold “.” or “..”.", "Write the path out.");
            if (segment.Any(char.IsControl))
                throw Refused("A path at an endpoint cannot hold line ends or control characters.", "Rename the file.");
        }
        return segments;
    }

    private static PlaceException Refused(string message, string advice) =>
        new(FaultKind.Final, new(FailureName.InvalidDescription, message, null, advice));
}
