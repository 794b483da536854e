using System.Text.RegularExpressions;

namespace Portal.Web.Components.Parts;

/// <summary>The lines of one output, as they come in: without terminal escapes, bounded. Text only, never markup.</summary>
public sealed partial class LogText
{
    /// <summary>Most lines kept; older ones are dropped, the file has them all.</summary>
    public const int MaximumLines = 20_000;

    private const int MaximumLineLength = 4_000;
    private readonly List<string> lines = [];
    private string open = "";

    /// <summary>The lines, the last one perhaps not finished.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>How many lines were dropped at the beginning.</summary>
    public long Dropped { get; private set; }

    /// <summary>Takes in the next piece of the output, cut anywhere.</summary>
    public void Append(string piece)
    {
        if (lines.Count > 0 && open.Length > 0)
            lines.RemoveAt(lines.Count - 1);
        var parts = (open + piece).Split('\n');
        lines.AddRange(parts[..^1].Select(Clean));
        open = parts[^1].Length > MaximumLineLength * 4 ? parts[^1][..(MaximumLineLength * 4)] : parts[^1];
        if (open.Length > 0)
            lines.Add(Clean(open));
        if (lines.Count > MaximumLines)
        {
            // A tenth more at once, so that not every line moves all the others.
            var over = lines.Count - MaximumLines + MaximumLines / 10;
            lines.RemoveRange(0, over);
            Dropped += over;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lines.Clear();
        (open, Dropped) = ("", 0);
    }

    /// <summary>A line as a terminal would leave it: escapes out, what a carriage return wrote over gone, tabs as
    /// blanks.</summary>
    public static string Clean(string line)
    {
        var text = Escapes().Replace(line.TrimEnd('\r'), "");
        text = text[(text.LastIndexOf('\r') + 1)..].Replace("\t", "    ", StringComparison.Ordinal);
        text = Controls().Replace(text, "\uFFFD");
        return text.Length > MaximumLineLength ? text[..MaximumLineLength] + " …" : text;
    }

    // ECMA-48: CSI sequences, OSC strings (ended by BEL or ST), and the two-character escapes.
    [GeneratedRegex("\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[ -/]*[0-~])")]
    private static partial Regex Escapes();

    [GeneratedRegex("[\\x00-\\x08\\x0b-\\x1f\\x7f]")]
    private static partial Regex Controls();
}
