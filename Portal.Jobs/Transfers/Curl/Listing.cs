using System.Globalization;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Reads servers' listings of a folder. Links, devices and what cannot be read as a file or folder are left out.</summary>
internal static class Listing
{
    /// <summary>Lines of MLSD (RFC 3659, section 7): facts, a blank, the name.</summary>
    public static IReadOnlyList<FileStat> Machine(string folder, string text)
    {
        var found = new List<FileStat>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            if (blank < 0) continue;
            var facts = line[..blank].Split(';', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=', 2))
                .Where(f => f.Length == 2).DistinctBy(f => f[0], StringComparer.OrdinalIgnoreCase)
                .ToDictionary(f => f[0], f => f[1], StringComparer.OrdinalIgnoreCase);
            var type = facts.GetValueOrDefault("type", "").ToLowerInvariant();
            if (type is not ("file" or "dir")) continue;
            var size = long.TryParse(facts.GetValueOrDefault("size"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
            found.Add(new(Join(folder, line[(blank + 1)..].TrimEnd('\r')), type == "dir" ? 0 : size, type == "dir",
                Time(facts.GetValueOrDefault("modify", ""))));
        }
        return found;
    }

    /// <summary>Lines as <c>ls -l</c> prints them, which is what most servers answer to LIST: mode, links, owner, group, size, three
    /// words of time, name. The time is left out: it has no zone, and often no year.</summary>
    public static IReadOnlyList<FileStat> Long(string folder, string text)
    {
        var found = new List<FileStat>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] is not ('-' or 'd')) continue;
            var at = 0;
            var fields = new List<string>();
            while (fields.Count < 8 && at < line.Length)
            {
                while (at < line.Length && line[at] == ' ') at++;
                var end = line.IndexOf(' ', at);
                if (end < 0) break;
                fields.Add(line[at..end]);
                at = end;
            }
            if (fields.Count < 8 || !long.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var size)) continue;
            var name = line[(at + 1)..].TrimEnd('\r');
            if (name is not ("." or "..")) found.Add(new(Join(folder, name), line[0] == 'd' ? 0 : size, line[0] == 'd', null));
        }
        return found;
    }

    /// <summary>A moment as facts tell it (RFC 3659, section 2.3); null when it is none.</summary>
    public static DateTimeOffset? Time(string text) => DateTimeOffset.TryParseExact(text.Split('.')[0], "yyyyMMddHHmmss",
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Join(string folder, string name) =>
        folder.Length == 0 ? name : folder.TrimEnd('/') + "/" + name;
}
