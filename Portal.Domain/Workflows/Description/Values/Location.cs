using System.Text.Json.Serialization;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>
/// Where data lies: <c>endpoint://name/path</c> for an endpoint that the project has registered by that name, or an ftp, ftps,
/// sftp, http or https URL (RFC 3986). Regular when parsed: no user, no password, no <c>..</c>, default port left out.
/// </summary>
[JsonConverter(typeof(WrittenAsTextConverter<Location>))]
public sealed record Location : IWrittenAsText<Location>
{
    private static readonly string[] Schemes = ["endpoint", "ftp", "ftps", "sftp", "http", "https"];

    private readonly UrlParts parts;

    private Location(UrlParts parts) => this.parts = parts;

    /// <summary><c>endpoint</c>, <c>ftp</c>, <c>ftps</c>, <c>sftp</c>, <c>http</c> or <c>https</c>.</summary>
    public string Scheme => parts.Scheme;

    /// <summary>Whether <see cref="Host"/> is the name of a registered endpoint.</summary>
    public bool IsEndpoint => Scheme == "endpoint";

    /// <summary>Host name or address (IPv6 in brackets); the endpoint's name for an endpoint.</summary>
    public string Host => parts.Host;

    /// <summary>The port where it is not the scheme's own.</summary>
    public int? Port => parts.Port;

    /// <summary>The path as it stands in a URL: begins with a slash, percent-encoded.</summary>
    public string EscapedPath => parts.Path;

    /// <summary>The path as the names of folders and files: begins with a slash, nothing encoded.</summary>
    public string Path => string.Join('/', parts.Path.Split('/').Select(Uri.UnescapeDataString));

    /// <summary>The query with its question mark; http and https only.</summary>
    public string? Query => parts.Query;

    /// <summary>Whether the path ends in a name: it does not end with a slash.</summary>
    public bool NamesFile => !parts.Path.EndsWith('/');

    /// <summary>
    /// Reads a location. Refused as <c>INVALID_LOCATION</c>, <c>UNSUPPORTED_SCHEME</c> or, with a password in it,
    /// <c>SECRET_IN_URL</c>; no message repeats the text.
    /// </summary>
    public static Result<Location> Parse(string text) => UrlParts.Parse(text, "The location", Schemes).Then(Check);

    /// <inheritdoc/>
    public override string ToString() => parts.ToString();

    private static Result<Location> Check(UrlParts parts)
    {
        if (parts.User is not null)
        {
            return new Problem("SECRET_IN_URL", "The location names a user.",
                Advice: "Register an endpoint, which keeps user and password, and write endpoint://name/path.");
        }

        var isEndpoint = parts.Scheme == "endpoint";
        if (isEndpoint && (parts.Port is not null || !Names.IsName(parts.Host)))
        {
            return UrlParts.Bad("The location names no endpoint.",
                "Write endpoint://name/path, with the name it is registered by: lower-case letters, digits and dashes, no port.");
        }

        if (parts.Path.Length == 0)
        {
            return UrlParts.Bad("The location has no path.", "Write what lies there: scheme://host/path.");
        }

        int? usual = parts.Scheme switch { "ftp" => 21, "ftps" => 990, "sftp" => 22, "http" => 80, "https" => 443, _ => null };
        return new Location(parts.Port == usual ? parts with { Port = null } : parts);
    }
}
