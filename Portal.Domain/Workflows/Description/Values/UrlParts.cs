using System.Globalization;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>
/// A URL (RFC 3986) taken apart and made regular: scheme and host in lower case, path without empty and dot segments, all
/// that needs it percent-encoded. Messages never repeat the URL itself: it may hold a password.
/// </summary>
internal sealed record UrlParts(string Scheme, string? User, string Host, int? Port, string Path, string? Query)
{
    public const int MaximumLength = 2048;

    private const string Advice = "Write scheme://host/path, with nothing before the scheme.";

    /// <summary>Reads a URL of one of the schemes; <paramref name="what"/> names it in messages ("The location").</summary>
    public static Result<UrlParts> Parse(string text, string what, IReadOnlyList<string> schemes)
    {
        if (text.Length is 0 or > MaximumLength)
        {
            return Bad(text.Length == 0 ? $"{what} is empty." : $"{what} is longer than {MaximumLength} characters.", Advice);
        }

        if (!Characters.OneLine(text) || text != text.Trim() || text[0] == '-')
        {
            return Bad($"{what} begins with a dash or a blank, ends with a blank, or holds a control character.", Advice);
        }

        var mark = text.IndexOf("://", StringComparison.Ordinal);
        var scheme = mark < 0 ? "" : text[..mark].ToLowerInvariant();
        if (!schemes.Contains(scheme))
        {
            return Unknown(text, what, scheme, schemes);
        }

        var rest = text[(mark + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        var at = authority.LastIndexOf('@');
        var user = at < 0 ? null : authority[..at];
        if (user?.Contains(':', StringComparison.Ordinal) == true)
        {
            return new Problem("SECRET_IN_URL", $"{what} holds a password.",
                Advice: "Take it out and treat it as known to others. Register an endpoint, which keeps its password sealed.");
        }

        return Address(authority[(at + 1)..], what)
            .Then(address => UrlPath.Parse(tail, what, takesQuery: scheme is "http" or "https")
                .Then(path => Result.Of(new UrlParts(scheme, user, address.Host, address.Port, path.Path, path.Query))));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Scheme}://{(User is null ? "" : User + "@")}{Host}{(Port is null ? "" : $":{Port}")}{Path}{Query}";

    internal static Problem Bad(string message, string advice) => new("INVALID_LOCATION", message, Advice: advice);

    private static Problem Unknown(string text, string what, string scheme, IReadOnlyList<string> schemes)
    {
        var known = $"Known are {string.Join(", ", schemes)}.";
        if (scheme.Length > 0 && scheme.Length <= 20 && scheme.All(char.IsAsciiLetterOrDigit))
        {
            return new("UNSUPPORTED_SCHEME", $"{what} has the scheme {scheme}, which is not known here.",
                Advice: Suggestion.For(scheme, schemes, known));
        }

        var shell = schemes.Contains("ssh") && text.Contains('@', StringComparison.Ordinal) && text.Contains(':',
            StringComparison.Ordinal);
        return Bad($"{what} is not a URL.", shell ? "Write git@host:path as ssh://git@host/path." : $"{Advice} {known}");
    }

    private static Result<(string Host, int? Port)> Address(string address, string what)
    {
        var bracket = address.StartsWith('[') ? address.IndexOf(']', StringComparison.Ordinal) : -1;
        var colon = address.IndexOf(':', bracket + 1);
        var host = colon < 0 ? address : address[..colon];
        int? port = null;
        if (colon >= 0)
        {
            if (!int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || number is < 1 or > 65535)
            {
                return Bad($"{what} has a port that is not a number from 1 to 65535.", "Write host:port, or leave the port out.");
            }

            port = number;
        }

        var good = bracket > 0 ? Uri.CheckHostName(host) == UriHostNameType.IPv6 && host.EndsWith(']')
            : host.Length is > 0 and <= 253 && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
                && host.Split('.').All(x => x.Length is > 0 and <= 63 && x[0] != '-' && x[^1] != '-');
        return good ? (host.ToLowerInvariant(), port)
            : Bad($"{what} has a host name that is none.", "Letters, digits, dots and dashes; an IPv6 address in [ ].");
    }
}
