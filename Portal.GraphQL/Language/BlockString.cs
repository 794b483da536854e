using System.Text;

namespace Portal.GraphQL.Language;

/// <summary>
/// Block strings: common indentation and blank lines at both ends belong to the layout of the document and not to the
/// value. Specification, section 2.9.4, <c>BlockStringValue()</c>.
/// </summary>
public static class BlockString
{
    private const string Quotes = "\"\"\"";
    private const string EscapedQuotes = "\\\"\"\"";

    /// <summary>The value of what stands between the triple quotation marks. Its lines end with line feeds.</summary>
    /// <param name="raw">As written, escaped quotation marks included.</param>
    public static string Unfold(ReadOnlySpan<char> raw)
    {
        var indentation = int.MaxValue;
        var (first, last, count) = (-1, -1, 0);
        for (var at = 0; TakeLine(raw, ref at, out var line); count++)
        {
            var blanks = LeadingBlanks(line);
            if (blanks == line.Length)
            {
                continue;
            }
            first = first < 0 ? count : first;
            last = count;
            indentation = count == 0 ? indentation : Math.Min(indentation, blanks);
        }
        if (first < 0)
        {
            return "";
        }
        var value = new StringBuilder(raw.Length);
        var number = 0;
        for (var at = 0; number <= last && TakeLine(raw, ref at, out var line); number++)
        {
            if (number < first)
            {
                continue;
            }
            if (number > first)
            {
                value.Append('\n');
            }
            value.Append(number == 0 ? line : line[Math.Min(indentation, line.Length)..]);
        }
        return value.Replace(EscapedQuotes, Quotes).ToString();
    }

    /// <summary>Writes a value as a block string, so that reading it gives the value back.</summary>
    /// <param name="value">The value.</param>
    /// <param name="minimal">No line breaks for the reader's sake.</param>
    public static string Fold(string value, bool minimal = false)
    {
        ArgumentNullException.ThrowIfNull(value);
        var escaped = value.Replace(Quotes, EscapedQuotes, StringComparison.Ordinal);
        var lines = escaped.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r');
        var isOneLine = lines.Length == 1;
        // Without a break first, the shortest indentation of the other lines would be taken for layout.
        var mustBreakFirst = !isOneLine && lines.Skip(1).All(line => line.Length == 0 || IsBlank(line[0]));
        var endsInQuotes = escaped.EndsWith(EscapedQuotes, StringComparison.Ordinal);
        // A last quotation mark or backslash would change the meaning of the three that close the string.
        var mustBreakLast = (value.EndsWith('"') && !endsInQuotes) || value.EndsWith('\\');
        var isAiry = !minimal && (!isOneLine || value.Length > 70 || mustBreakLast || endsInQuotes);
        var keepsFirstLine = isOneLine && value.Length > 0 && IsBlank(value[0]);
        var head = (isAiry && !keepsFirstLine) || mustBreakFirst ? "\n" : "";
        var tail = isAiry || mustBreakLast ? "\n" : "";
        return $"{Quotes}{head}{escaped}{tail}{Quotes}";
    }

    // Like Span.EnumerateLines, but for GraphQL's line ends alone: form feeds and the like are text here.
    private static bool TakeLine(ReadOnlySpan<char> text, ref int at, out ReadOnlySpan<char> line)
    {
        line = default;
        if (at > text.Length)
        {
            return false;
        }
        line = text[at..];
        var end = line.IndexOfAny('\n', '\r');
        if (end < 0)
        {
            at = text.Length + 1;
            return true;
        }
        line = line[..end];
        end += at;
        at = text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? end + 2 : end + 1;
        return true;
    }

    private static int LeadingBlanks(ReadOnlySpan<char> line)
    {
        var blanks = line.IndexOfAnyExcept(' ', '\t');
        return blanks < 0 ? line.Length : blanks;
    }

    private static bool IsBlank(char c) => c is ' ' or '\t';
}
