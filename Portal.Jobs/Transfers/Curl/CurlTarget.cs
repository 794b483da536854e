using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>What one curl asks for. It follows no redirect by itself: where one leads to is a target of its own, which is looked
/// at as the first was.</summary>
/// <param name="Url">The address.</param>
/// <param name="Scheme">Its scheme, as curl knows it.</param>
/// <param name="Host">Host name or address, an IPv6 one in brackets.</param>
/// <param name="Port">TCP port.</param>
/// <param name="Secret">What opens it.</param>
/// <param name="Redirects">How many led here.</param>
internal sealed partial record CurlTarget(
    string Url, string Scheme, string Host, int Port, EndpointSecret? Secret, int Redirects = 0)
{
    private const int TooManyRedirects = 47, MostRedirects = 5;

    /// <summary>Whether what is spoken there is encrypted: ftpes is ftp that insists on it.</summary>
    public bool Encrypted { get; init; }

    /// <summary>A path at an endpoint (a folder's URL ends with a slash).</summary>
    public static CurlTarget Of(EndpointAddress address, EndpointSecret? secret, string path, bool folder)
    {
        var scheme = address.Scheme == "ftpes" ? "ftp" : address.Scheme;
        return new(CurlUrl.Of(address, path, folder), scheme, address.Host, address.Port ?? UsualPort(scheme), secret)
        {
            Encrypted = address.Scheme is not ("ftp" or "http"),
        };
    }

    /// <summary>Where a redirect leads to (RFC 9110, section 15.4); null when there is none to be followed. None leads out of TLS
    /// or to another protocol, and another server is told no password.</summary>
    public CurlTarget? Next(CurlOutcome outcome)
    {
        if (outcome.ExitCode != TooManyRedirects || Redirects == MostRedirects
            || HttpUrl().Match(outcome.Redirect) is not { Success: true } url) return null;
        var scheme = url.Groups["scheme"].Value.ToLowerInvariant();
        if (Scheme == "https" && scheme != "https") return null;
        var port = int.TryParse(url.Groups["port"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
            ? given : UsualPort(scheme);
        var host = url.Groups["host"].Value;
        var same = scheme == Scheme && port == Port && string.Equals(host, Host, StringComparison.OrdinalIgnoreCase);
        return new(outcome.Redirect, scheme, host, port, same ? Secret : null, Redirects + 1) { Encrypted = scheme == "https" };
    }

    private static int UsualPort(string scheme) => scheme switch
    {
        "ftp" => 21, "ftps" => 990, "sftp" => 22, "http" => 80, _ => 443,
    };

    // So narrow that nobody can read another host out of it: no user, no backslash, nothing encoded.
    [GeneratedRegex(@"\A(?<scheme>https?)://(?<host>[A-Z0-9._-]+|\[[0-9A-F:.]+\])(:(?<port>[0-9]{1,5}))?"
        + @"([/?#][^\x00-\x20\x7f]*)?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HttpUrl();
}
