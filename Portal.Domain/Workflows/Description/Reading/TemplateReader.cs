using System.Text;
using System.Text.RegularExpressions;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Finds the expressions in a value. <c>$${{</c> stands for <c>${{</c> itself.</summary>
internal static partial class TemplateReader
{
    public const string Open = "${{";

    private const string Advice =
        "Write ${{ parameters.NAME }}, ${{ run.id }}, ${{ run.name }} or ${{ environment.NAME }}; $${{ for ${{ itself.";

    /// <summary>Reads a value; what is wrong in it is noted, and stands in the template as text.</summary>
    public static Template Read(YamlScalar node, string field, Reading reading)
    {
        var text = node.Text;
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        var from = 0;
        for (var n = 0; ; n++)
        {
            var at = text.IndexOf(Open, from, StringComparison.Ordinal);
            if (at < 0)
            {
                break;
            }

            if (at > from && text[at - 1] == '$')
            {
                literal.Append(text, from, at - 1 - from).Append(Open);
                from = at + Open.Length;
                continue;
            }

            var (line, column) = reading.Source.Expression(node, n);
            literal.Append(text, from, at - from);
            var match = Expression().Match(text, at);
            if (!match.Success)
            {
                reading.Problems.Add("INVALID_EXPRESSION", text.IndexOf("}}", at, StringComparison.Ordinal) < 0
                    ? "An expression is opened and never closed with }}." : "This is no expression; only references are known.",
                    field, line, column, Advice);
                literal.Append(Open);
                from = at + Open.Length;
                continue;
            }

            if (literal.Length > 0)
            {
                parts.Add(new(literal.ToString(), null));
                literal.Clear();
            }

            parts.Add(new("", new(match.Groups[1].Value, match.Groups[2].Value, line, column)));
            from = at + match.Length;
        }

        literal.Append(text, from, text.Length - from);
        if (literal.Length > 0 || parts.Count == 0)
        {
            parts.Add(new(literal.ToString(), null));
        }

        return new(text, parts, field, node.Line, node.Column);
    }

    /// <summary>Reads a value that may hold no expression; one in it is noted with the advice.</summary>
    public static string Plain(YamlScalar node, string field, Reading reading, string advice)
    {
        if (!node.Text.Contains(Open, StringComparison.Ordinal))
        {
            return node.Text;
        }

        var (from, text) = (0, node.Text);
        for (var n = 0; (from = text.IndexOf(Open, from, StringComparison.Ordinal)) >= 0; n++, from++)
        {
            if (from == 0 || text[from - 1] != '$')
            {
                var (line, column) = reading.Source.Expression(node, n);
                reading.Problems.Add("EXPRESSION_NOT_ALLOWED", "An expression is not allowed here.", field, line, column, advice);
            }
        }

        return text.Replace("$" + Open, Open, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\G\$\{\{[ \t\n]*([A-Za-z_][A-Za-z0-9_-]*)[ \t\n]*\.[ \t\n]*([A-Za-z_][A-Za-z0-9_-]*)[ \t\n]*\}\}")]
    private static partial Regex Expression();
}
