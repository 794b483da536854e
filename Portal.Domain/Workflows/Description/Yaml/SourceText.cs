using System.Text;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description.Yaml;

/// <summary>The text of a file, and what is checked of it before a YAML parser sees it.</summary>
internal sealed class SourceText(string text)
{
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>The text without a byte order mark.</summary>
    public string Text { get; } = text.StartsWith('\uFEFF') ? text[1..] : text;

    /// <summary>Notes size and characters that no YAML text may hold. False when the file must not be read further.</summary>
    public bool Acceptable(ProblemList problems)
    {
        if (Text.Length > MaximumBytes || Encoding.UTF8.GetByteCount(Text) > MaximumBytes)
        {
            problems.Add("YAML_TOO_LARGE", "The file is larger than 1 MiB.", "", 1, 1,
                "A description names data, it does not hold it: move the data to an input.");
            return false;
        }

        var (line, column) = (1, 1);
        var acceptable = true;
        for (var i = 0; i < Text.Length; i++, column++)
        {
            var c = Text[i];
            if (c is '\n')
            {
                (line, column) = (line + 1, 0);
            }
            else if (!Characters.MayStand(Text, i) && !(c == '\r' && i + 1 < Text.Length && Text[i + 1] == '\n'))
            {
                problems.Add("CONTROL_CHARACTER", $"The character {Characters.Name(c)} must not stand in a file.", "", line,
                    column,
                    "Remove it. It is invisible in most editors; deleting and typing the line anew helps.");
                acceptable = false;
            }
        }

        return acceptable;
    }

    /// <summary>
    /// The place of the n-th (from 0) <c>${{</c> between two offsets, seen in the source itself, so that it is right in
    /// folded and quoted values too. The given place when it cannot be found, as when an escape wrote the expression.
    /// </summary>
    public (int Line, int Column) Expression(YamlScalar node, int n)
    {
        var at = node.Start - 1;
        for (var i = 0; i <= n && at + 1 < Text.Length; i++)
        {
            at = Text.IndexOf("${{", at + 1, StringComparison.Ordinal);
            if (at < 0 || at >= node.End)
            {
                return (node.Line, node.Column);
            }
        }

        return Place(node, Math.Max(at, node.Start));
    }

    /// <summary>The problem, moved to the end of the text where its place lies behind it.</summary>
    public Problem Within(Problem problem)
    {
        var lines = Text.AsSpan().Count('\n') + 1;
        return problem.Line > lines ? problem with { Line = lines, Column = Line(lines).Length + 1 } : problem;
    }

    /// <summary>The line given (from 1), without its end; empty where there is none.</summary>
    public string Line(int number)
    {
        var start = 0;
        for (var i = 1; i < number; i++)
        {
            var end = Text.IndexOf('\n', start);
            if (end < 0)
            {
                return "";
            }

            start = end + 1;
        }

        var stop = Text.IndexOf('\n', start);
        return (stop < 0 ? Text[start..] : Text[start..stop]).TrimEnd('\r');
    }

    private (int Line, int Column) Place(YamlScalar node, int at)
    {
        var (line, column) = (node.Line, node.Column);
        for (var i = node.Start; i < at; i++)
        {
            (line, column) = Text[i] == '\n' ? (line + 1, 1) : (line, column + 1);
        }

        return (line, column);
    }
}
