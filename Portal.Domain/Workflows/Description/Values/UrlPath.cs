using System.Text;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>Path and query of a URL (RFC 3986, 3.3 and 3.4), made regular.</summary>
internal static class UrlPath
{
    private const string Plain = "-._~!$&'()*+,;=:@";

    /// <summary>Words in a query that carry a right to read: whoever sees the description could use it.</summary>
    private static readonly string[] Secrets =
        ["token", "access_token", "password", "passwd", "secret", "sig", "signature", "x-amz-signature", "api_key", "apikey"];

    /// <summary>
    /// Reads what follows the host; the path begins with a slash or is empty, the query with a question mark or is null.
    /// </summary>
    public static Result<(string Path, string? Query)> Parse(string tail, string what, bool takesQuery)
    {
        if (tail.Contains('#', StringComparison.Ordinal))
        {
            return UrlParts.Bad($"{what} holds a #.", "Write %23 for a # in a name; a place inside a page is not used.");
        }

        var mark = tail.IndexOf('?', StringComparison.Ordinal);
        if (mark >= 0 && !takesQuery)
        {
            return UrlParts.Bad($"{what} holds a ?.", "Write %3F for a ? in a name.");
        }

        var query = mark < 0 ? null : tail[mark..];
        if (query is not null)
        {
            if (query[1..].Split('&').Any(x => Secrets.Contains(x.Split('=')[0].ToLowerInvariant())))
            {
                return new Problem("SECRET_IN_URL", $"{what} holds a secret in its query.",
                    Advice: "Take it out and treat it as known to others. "
                        + "Register an endpoint, which keeps its password sealed.");
            }

            query = Encode(query, Plain + "/?%");
        }

        var segments = new List<string>();
        var path = mark < 0 ? tail : tail[..mark];
        foreach (var segment in path.Split('/'))
        {
            if (Decode(segment) is not { } plain)
            {
                return UrlParts.Bad($"{what} holds a % that is no percent-encoding, or one of a character that no path may hold.",
                    "Write %25 for a % in a name.");
            }

            if (plain == "..")
            {
                return UrlParts.Bad($"{what} goes up with `..`.", "Write the path as it is, without `..`.");
            }

            if (plain is not ("" or "."))
            {
                segments.Add(Encode(segment, Plain + "%"));
            }
        }

        var folder = path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal);
        var whole = segments.Count == 0 ? (path.Length == 0 ? "" : "/") : "/" + string.Join('/', segments) + (folder ? "/" : "");
        return (whole, query);
    }

    /// <summary>Percent-encoding undone; null for a broken one and for characters that no file's name may hold.</summary>
    public static string? Decode(string segment)
    {
        for (var i = segment.IndexOf('%', StringComparison.Ordinal); i >= 0; i = segment.IndexOf('%', i + 1))
        {
            if (i + 2 >= segment.Length || !char.IsAsciiHexDigit(segment[i + 1]) || !char.IsAsciiHexDigit(segment[i + 2]))
            {
                return null;
            }
        }

        // Bytes that are not UTF-8 stay encoded in what comes out: they cannot be told apart from a name with %.
        var plain = Uri.UnescapeDataString(segment);
        return plain.Contains('/', StringComparison.Ordinal) || !Characters.OneLine(plain) ? null : plain;
    }

    private static string Encode(string text, string plain)
    {
        var encoded = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || plain.Contains((char)rune.Value,
                StringComparison.Ordinal))
                ? encoded.Append((char)rune.Value)
                : encoded.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return encoded.ToString();
    }
}
