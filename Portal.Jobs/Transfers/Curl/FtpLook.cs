using System.Globalization;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Looks at several paths of an FTP server over one connection (MLST, RFC 3659, section 7): connections are what costs time
/// there, since some servers rest for a moment after each.</summary>
internal static class FtpLook
{
    private const string Entered = "257";

    /// <summary>What curl is told, so that the server's answers come as text.</summary>
    public static (string, string?) Answers { get; } = ("dump-header", "-");

    /// <summary>The command for a path as the server takes it; that it is refused is no fault of curl's.</summary>
    public static string Command(string serverPath) => "*MLST " + serverPath;

    /// <summary>What the answers to that many commands tell, sent right after the login; a path that does not answer so that it could be
    /// understood is left out.</summary>
    public static IReadOnlyDictionary<string, FileStat?> Read(string text, IReadOnlyList<string> paths)
    {
        var told = new Dictionary<string, FileStat?>();
        var answers = Replies(text).SkipWhile(reply => reply.Code != Entered).Skip(1).Take(paths.Count).ToList();
        if (answers.Count < paths.Count) return told;
        foreach (var (path, (code, facts)) in paths.Zip(answers))
        {
            if (code == "550") told[path] = null;
            else if (code == "250" && Stat(path, facts) is { } stat) told[path] = stat;
        }
        return told;
    }

    /// <summary>What the last answer tells of the path that was just written.</summary>
    public static FileStat? Last(string text, string path) =>
        Replies(text).LastOrDefault() is ("250", { } facts) ? Stat(path, facts) : null;

    // An answer of several lines begins with its code and a dash, and ends with its code and a blank (RFC 959, section 4.2).
    private static IEnumerable<(string Code, string? Facts)> Replies(string text)
    {
        string? open = null, facts = null;
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            var coded = line.Length >= 4 && line[..3].All(char.IsAsciiDigit);
            if (open is null && coded && line[3] == '-') (open, facts) = (line[..3], null);
            else if (coded && line[3] == ' ' && (open is null || open == line[..3]))
            {
                yield return (line[..3], open is null ? null : facts);
                open = null;
            }
            else if (open is not null) facts ??= line;
        }
    }

    private static FileStat? Stat(string path, string? facts)
    {
        var words = (facts ?? "").Trim().Split(' ')[0].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(fact => fact.Split('=', 2))
            .Where(fact => fact.Length == 2).DistinctBy(fact => fact[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(fact => fact[0], fact => fact[1], StringComparer.OrdinalIgnoreCase);
        var modified = Listing.Time(words.GetValueOrDefault("modify", ""));
        return words.GetValueOrDefault("type", "").ToLowerInvariant() switch
        {
            "dir" or "cdir" or "pdir" => new(path, 0, true, modified),
            "file" when long.TryParse(words.GetValueOrDefault("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var size) =>
                new(path, size, false, modified),
            _ => null,
        };
    }
}
