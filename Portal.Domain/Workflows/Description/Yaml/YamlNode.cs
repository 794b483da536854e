using System.Text.RegularExpressions;

namespace Portal.Domain.Workflows.Description.Yaml;

/// <summary>A piece of a YAML document with the place where it begins (line and column from 1) and how much it holds.</summary>
internal abstract class YamlNode(int line, int column)
{
    public int Line { get; } = line;

    public int Column { get; } = column;

    /// <summary>Nodes and characters in it with everything below, aliases counted in full: what expanding it costs.</summary>
    public (int Nodes, int Characters) Weight { get; init; }

    /// <summary>Levels below and including it.</summary>
    public int Depth { get; init; } = 1;

    /// <summary>What it is, for a sentence.</summary>
    public abstract string Kind { get; }
}

/// <summary>What a scalar means by YAML 1.2's core schema (yaml.org/spec/1.2.2, 10.3). Quoted ones are always text.</summary>
internal enum ScalarKind
{
    Text,
    Integer,
    Number,
    Boolean,
    Nothing,
}

/// <summary>A single value, with its place in the source as character offsets.</summary>
internal sealed partial class YamlScalar(string text, bool plain, int line, int column, int start, int end)
    : YamlNode(line, column)
{
    /// <summary>The text as written, quotes and escapes resolved.</summary>
    public string Text { get; } = text;

    public int Start { get; } = start;

    public int End { get; } = end;

    public ScalarKind Means { get; } = plain ? Resolve(text) : ScalarKind.Text;

    public override string Kind => Means switch
    {
        ScalarKind.Integer => "a whole number",
        ScalarKind.Number => "a number",
        ScalarKind.Boolean => "true or false",
        ScalarKind.Nothing => "nothing",
        _ => "text",
    };

    private static ScalarKind Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Nothing,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ when text.Length > 100 || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or '+' or '.') => ScalarKind.Text,
        _ when Whole().IsMatch(text) => ScalarKind.Integer,
        _ when Real().IsMatch(text) => ScalarKind.Number,
        _ => ScalarKind.Text,
    };

    [GeneratedRegex(@"\A(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|"
        + @"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z")]
    private static partial Regex Real();
}

/// <summary>A list.</summary>
internal sealed class YamlList(IReadOnlyList<YamlNode> items, int line, int column) : YamlNode(line, column)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string Kind => "a list";
}

/// <summary>A map; its keys are single values, each once, in the order of the file.</summary>
internal sealed class YamlMap(IReadOnlyList<(YamlScalar Key, YamlNode Value)> entries, int line, int column)
    : YamlNode(line, column)
{
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries { get; } = entries;

    public override string Kind => "a map";
}
