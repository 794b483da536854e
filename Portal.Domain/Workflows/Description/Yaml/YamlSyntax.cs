using Portal.Domain.Common;
using YamlDotNet.Core;

namespace Portal.Domain.Workflows.Description.Yaml;

/// <summary>Turns the YAML parser's words into plain ones.</summary>
internal static class YamlSyntax
{
    /// <summary>The parser's words (a part of them), ours, and what to do.</summary>
    private static readonly (string Theirs, string Ours, string Advice)[] Known =
    [
        ("apping values are not allowed", "A colon makes a second key on the same line.",
            "Put the whole value in quotes when it holds a colon followed by a blank, or begin a new line."),
        ("expected key", "A key is expected here, or the block should have ended.",
            "Compare the indentation with the lines above: keys of one block stand in the same column."),
        ("'-' indicator", "A list item is expected here, or the list should have ended.",
            "Compare the indentation with the lines above: the dashes of one list stand in the same column."),
        ("equence entries are not allowed", "A list item must not stand here.", "Begin a new line before the dash."),
        ("expected ':'", "A key without its colon.", "Write `key: value`, with a blank after the colon."),
        ("simple key", "A key without its colon.", "Write `key: value`, with a blank after the colon."),
        ("cannot start any token", "A value must not begin with this character.", "Put the value in quotes."),
        ("end of stream", "A quote or a bracket is opened and never closed.", "Close it."),
        ("document indicator", "A quote is opened and not closed before the document ends.", "Close it."),
        ("expected ',' or", "A list in [ ] or a map in { } is not closed, or a comma is missing.", "Close it, or add the comma."),
        ("escape", "A backslash in double quotes begins an escape, and this one is unknown.",
            "Write \\\\ for a backslash, or use single quotes."),
        ("anchor", "An anchor or alias (& or *) is not written rightly.", "Put a text that begins with & or * in quotes."),
        ("alias", "An anchor or alias (& or *) is not written rightly.", "Put a text that begins with & or * in quotes."),
        ("document start", "The text goes on where the document should have ended.",
            "Compare the indentation with the lines above."),
    ];

    public static Problem Explain(YamlException wrong, SourceText source)
    {
        var (line, column) = ((int)Math.Max(1, wrong.Start.Line), (int)Math.Max(1, wrong.Start.Column));
        foreach (var near in new[] { line, line - 1, (int)wrong.End.Line })
        {
            var text = near > 0 ? source.Line(near) : "";
            var tab = text.IndexOf('\t', StringComparison.Ordinal);
            if (tab >= 0 && text.AsSpan(0, tab).Trim(' ').IsEmpty)
            {
                return new("YAML_TAB", "The line is indented with a tab.", null, near, tab + 1,
                    "YAML wants blanks: use two a level.");
            }
        }

        foreach (var (theirs, ours, advice) in Known)
        {
            if (wrong.Message.Contains(theirs, StringComparison.OrdinalIgnoreCase))
            {
                return new("YAML_SYNTAX", ours, null, line, column, advice);
            }
        }

        return new("YAML_SYNTAX", "This is not YAML from here on.", null, line, column,
            "Look for a missing colon, quote or indentation in this line and the one before.");
    }
}
