using System.Text.Json.Serialization;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>
/// Where a git repository is cloned from (git-clone(1), "GIT URLS"): https, http, git or ssh. Only ssh may name a user, none a
/// password. Local paths, <c>file:</c>, <c>ext::</c> and texts that look like an option are refused: they reach into the portal.
/// </summary>
[JsonConverter(typeof(WrittenAsTextConverter<RepositoryAddress>))]
public sealed record RepositoryAddress : IWrittenAsText<RepositoryAddress>
{
    private static readonly string[] Schemes = ["https", "http", "git", "ssh"];

    private readonly UrlParts parts;

    private RepositoryAddress(UrlParts parts) => this.parts = parts;

    /// <summary><c>https</c>, <c>http</c>, <c>git</c> or <c>ssh</c>.</summary>
    public string Scheme => parts.Scheme;

    /// <summary>The user to log in as; ssh only.</summary>
    public string? User => parts.User;

    /// <summary>Host name or address (IPv6 in brackets).</summary>
    public string Host => parts.Host;

    /// <summary>The port, where one is given.</summary>
    public int? Port => parts.Port;

    /// <summary>Reads an address; refused as <see cref="Location.Parse"/> refuses.</summary>
    public static Result<RepositoryAddress> Parse(string text) =>
        UrlParts.Parse(text, "The repository's address", Schemes).Then(Check);

    /// <inheritdoc/>
    public override string ToString() => parts.ToString();

    private static Result<RepositoryAddress> Check(UrlParts parts)
    {
        if (parts.User is { } user && (parts.Scheme != "ssh" || !Names.IsWord(user)))
        {
            return new Problem("SECRET_IN_URL", "The repository's address names a user.",
                Advice: "Only ssh://user@host/path may; take the user out of the others.");
        }

        if (parts.Query is not null || parts.Path.Length < 2)
        {
            return UrlParts.Bad("The repository's address has no path, or a query behind it.", "Write https://host/path.git.");
        }

        return new RepositoryAddress(parts);
    }
}
