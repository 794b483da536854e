using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>A request and its answer, as they were recorded.</summary>
public sealed partial record Exchange(
    string Method, string Url, IReadOnlyList<KeyValuePair<string, string>> Asked, string Body, int Status,
    IReadOnlyList<KeyValuePair<string, string>> Answered, string Answer)
{
    /// <summary>What Playwright recorded of a browser and the portal at an address (HTTP Archive 1.2).</summary>
    public static IEnumerable<Exchange> OfArchive(string file, string address)
    {
        using var archive = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var entry in archive.RootElement.GetProperty("log").GetProperty("entries").EnumerateArray())
        {
            var (request, response) = (entry.GetProperty("request"), entry.GetProperty("response"));
            if (!request.GetProperty("url").GetString()!.StartsWith(address, StringComparison.Ordinal)) continue;
            var content = response.GetProperty("content");
            var answer = content.TryGetProperty("text", out var text) ? text.GetString()! : "";
            if (content.TryGetProperty("encoding", out _)) answer = Encoding.UTF8.GetString(Convert.FromBase64String(answer));
            yield return new(request.GetProperty("method").GetString()!, request.GetProperty("url").GetString()!, Headers(request),
                request.TryGetProperty("postData", out var posted) ? posted.GetProperty("text").GetString() ?? "" : "",
                response.GetProperty("status").GetInt32(), Headers(response), answer);
        }
    }

    /// <summary>Notes the cookies and what the portal makes with prefixes of its own, wherever they stand.</summary>
    public void Note(Secrets secrets)
    {
        foreach (var (name, value) in Answered)
            if (name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) && value.Split('=', 2) is [var cookie, var rest])
                secrets.Add($"the cookie {cookie}", rest.Split(';')[0], SecretKind.Cookie);
        foreach (var place in (string[])[Body, Answer, Header(Asked, "Authorization")])
            foreach (var match in Made().EnumerateMatches(place))
                secrets.Add("what the portal made", place.Substring(match.Index, match.Length), SecretKind.Shown);
    }

    /// <summary>What stands where it should not. A secret that the portal makes is shown in one answer, and told to
    /// <paramref name="shown"/>.</summary>
    public IEnumerable<string> Search(Secrets secrets, Dictionary<string, Exchange> shown)
    {
        foreach (var sighting in In(secrets, Url)) yield return Tell(sighting, "the address");
        foreach (var (headers, cookies) in new[] { (Asked, "Cookie"), (Answered, "Set-Cookie") })
            foreach (var (name, value) in headers)
                foreach (var sighting in In(secrets, value))
                    if (!name.Equals(sighting.Secret.Kind == SecretKind.Cookie ? cookies : "Authorization", StringComparison.OrdinalIgnoreCase))
                        yield return Tell(sighting, $"the header {name}");
        foreach (var sighting in In(secrets, Body))
            if (sighting.Secret.Kind == SecretKind.Cookie) yield return Tell(sighting, "the request");
        foreach (var sighting in In(secrets, Answer))
            if (sighting.Secret.Kind != SecretKind.Shown || sighting.Form != "plain") yield return Tell(sighting, "the answer");
        foreach (var made in Made().Matches(Answer).Select(match => match.Value))
            if (!shown.TryAdd(made, this) && shown[made] is var first && !ReferenceEquals(first, this))
                yield return $"What the portal made is shown by {Method} {Path(Url)} ({Status}), and was by {first.Method} {Path(first.Url)}";
    }

    private string Tell(Sighting sighting, string part) =>
        $"{sighting.Secret.Name} ({sighting.Form}) is in {part} of {Method} {Path(Url)} ({Status})";

    private static IEnumerable<Sighting> In(Secrets secrets, string text) => secrets.Search(Encoding.UTF8.GetBytes(text));

    private static string Path(string url) => url.Split('?')[0];

    private static string Header(IEnumerable<KeyValuePair<string, string>> headers, string name) =>
        headers.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    private static KeyValuePair<string, string>[] Headers(JsonElement of) => [.. of.GetProperty("headers").EnumerateArray()
        .Select(pair => KeyValuePair.Create(pair.GetProperty("name").GetString()!, pair.GetProperty("value").GetString()!))];

    /// <summary>Tokens, links' secrets, device codes and security tokens.</summary>
    [GeneratedRegex(@"portal_(pat|inv|dev)_[0-9a-f]{64}|portal_(mail|reset)_[0-9a-f]{32}_[\w-]{20,}|portal(-[0-9A-HJKMNP-TV-Z]{5}){11}")]
    internal static partial Regex Made();
}
