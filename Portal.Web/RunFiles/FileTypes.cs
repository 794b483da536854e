using System.Globalization;

namespace Portal.Web.RunFiles;

/// <summary>As what a browser may take a result: a short list, everything else is bytes to be saved.</summary>
public static class FileTypes
{
    /// <summary>Bytes that a browser only saves.</summary>
    public const string Bytes = "application/octet-stream";

    /// <summary>Text that a browser shows as it stands.</summary>
    public const string Text = "text/plain; charset=utf-8";

    private const int LongestName = 180;

    /// <summary>The media type for a file's name. HTML and XML are not among them: they would be pages of this server.</summary>
    public static string Of(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" or ".log" or ".out" or ".err" or ".dat" or ".md" or ".json" or ".yaml" or ".yml" => Text,
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        _ => Bytes,
    };

    /// <summary>A name to save it under: no folder, nothing invisible, nothing that a file system refuses.</summary>
    public static string SafeName(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var safe = string.Concat(last.Select(character => char.GetUnicodeCategory(character)
            is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || "<>:\"|?*".Contains(character, StringComparison.Ordinal) ? '_' : character)).Trim('.', ' ');
        return safe.Length switch
        {
            0 => "result",
            > LongestName => safe[^LongestName..],
            _ => safe,
        };
    }
}
