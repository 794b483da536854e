namespace Portal.Web.Composition;

/// <summary>The address under which people reach the portal, as it stands in mails. It is configured and never taken from a
/// request: who sends a request may write any host into it.</summary>
/// <param name="Root">With a slash at the end.</param>
public sealed record PublicAddress(Uri Root)
{
    /// <summary>Reads the setting.</summary>
    /// <exception cref="FormatException">It is no http or https address.</exception>
    public static PublicAddress Parse(string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var root)
            && (root.Scheme == Uri.UriSchemeHttp || root.Scheme == Uri.UriSchemeHttps)
            && root.Query.Length == 0 && root.Fragment.Length == 0 && root.UserInfo.Length == 0
            ? new(root)
            : throw new FormatException(
                "Portal:Address: mails need the address that people reach the portal by, such as https://portal.example.org.");

    /// <summary>A path of the portal as a whole address.</summary>
    public string Link(string path) => Root.AbsoluteUri + path.TrimStart('/');
}
