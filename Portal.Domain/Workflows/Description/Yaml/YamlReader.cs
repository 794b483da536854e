using Portal.Domain.Common;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Portal.Domain.Workflows.Description.Yaml;

/// <summary>
/// Reads one YAML document (1.2, yaml.org/spec/1.2.2) into nodes with places. Depth, nodes and characters are limited with
/// aliases counted in full, so that no small file grows into a large one. Tags and keys that are not single values are refused.
/// </summary>
internal sealed class YamlReader(SourceText source, ProblemList problems)
{
    public const int MaximumDepth = 32;
    public const int MaximumNodes = 20_000;
    public const int MaximumCharacters = 4 * SourceText.MaximumBytes;

    private readonly Dictionary<string, YamlNode> anchors = [];
    private readonly CarefulParser parser = new(source.Text);
    private int nodes;
    private int characters;

    /// <summary>The document; null when it cannot be read, the problems say why.</summary>
    public YamlNode? Read()
    {
        if (!source.Acceptable(problems))
        {
            return null;
        }

        try
        {
            return Document();
        }
        catch (Stop stop)
        {
            problems.Add(source.Within(stop.Problem));
            return null;
        }
        catch (YamlException wrong)
        {
            problems.Add(source.Within(YamlSyntax.Explain(wrong, source)));
            return null;
        }
    }

    private YamlNode Document()
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            throw new Stop("YAML_EMPTY", "The file is empty.", parser.Current!, "Begin it with `portal: 1`.");
        }

        parser.Consume<DocumentStart>();
        var root = Node(1);
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
        {
            problems.Add("YAML_MANY_DOCUMENTS", "The file holds more than one document.", "", (int)second.Start.Line,
                (int)second.Start.Column, "Keep one workflow in a file: remove `---` and what follows.");
        }

        return root;
    }

    private YamlNode Node(int depth)
    {
        var next = parser.Consume<ParsingEvent>();
        if (next is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            throw new Stop("YAML_TAG", "Tags (`!` or `!!` before a value) are not part of the format.", tagged,
                "Remove the tag. Quotes make text of anything.");
        }

        var node = next switch
        {
            AnchorAlias alias => Alias(alias),
            Scalar scalar => Single(scalar),
            SequenceStart start => List(start, depth),
            MappingStart start => Map(start, depth),
            _ => throw new Stop("YAML_SYNTAX", "A value is missing here.", next, "Write one, or remove the key."),
        };
        Limit(next, depth + node.Depth - 1, next is AnchorAlias ? node.Weight : (1, (node as YamlScalar)?.Text.Length ?? 0));
        if (next is NodeEvent { Anchor.IsEmpty: false } named && next is not AnchorAlias)
        {
            anchors[named.Anchor.Value] = node;
        }

        return node;
    }

    private YamlNode Alias(AnchorAlias alias) => anchors.GetValueOrDefault(alias.Value.Value)
        ?? throw new Stop("YAML_UNKNOWN_ALIAS", $"There is no `&{alias.Value.Value}` before this `*{alias.Value.Value}`.", alias,
            Suggestion.For(alias.Value.Value, anchors.Keys,
                "Put the anchor on an earlier value, or quote a text that begins with *."));

    private static YamlScalar Single(Scalar scalar) => new(scalar.Value, scalar.Style == ScalarStyle.Plain,
        (int)scalar.Start.Line, (int)scalar.Start.Column, (int)scalar.Start.Index, (int)scalar.End.Index)
    {
        Weight = (1, scalar.Value.Length),
    };

    private YamlList List(SequenceStart start, int depth)
    {
        Limit(start, depth, (0, 0));
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new(items, (int)start.Start.Line, (int)start.Start.Column)
        {
            Weight = Sum(items),
            Depth = 1 + items.Select(x => x.Depth).DefaultIfEmpty().Max(),
        };
    }

    private YamlMap Map(MappingStart start, int depth)
    {
        Limit(start, depth, (0, 0));
        var entries = new List<(YamlScalar Key, YamlNode Value)>();
        var seen = new Dictionary<string, int>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var at = parser.Current!;
            if (Node(depth + 1) is not YamlScalar key)
            {
                throw new Stop("WRONG_TYPE", "A key is a single word, not a list or a map.", at,
                    "A text that begins with [, { or * needs quotes.");
            }

            var value = Node(depth + 1);
            if (!seen.TryAdd(key.Text, key.Line))
            {
                problems.Add("DUPLICATE_KEY", $"The key {Characters.Shown(key.Text)} stands here a second time.", "", key,
                    $"Keep one of the two; the first is in line {seen[key.Text]}.");
                continue;
            }

            entries.Add((key, value));
        }

        return new(entries, (int)start.Start.Line, (int)start.Start.Column)
        {
            Weight = Sum(entries.SelectMany(x => new[] { x.Key, x.Value })),
            Depth = 1 + entries.Select(x => x.Value.Depth).DefaultIfEmpty().Max(),
        };
    }

    private static (int Nodes, int Characters) Sum(IEnumerable<YamlNode> children) =>
        children.Aggregate((Nodes: 1, Characters: 0), (sum, x) =>
            (sum.Nodes + x.Weight.Nodes, sum.Characters + x.Weight.Characters));

    private void Limit(ParsingEvent at, int depth, (int Nodes, int Characters) added)
    {
        (nodes, characters) = (nodes + added.Nodes, characters + added.Characters);
        if (depth > MaximumDepth)
        {
            throw new Stop("YAML_TOO_DEEP", $"Lists and maps are nested more than {MaximumDepth} deep.", at,
                "No key needs more than 4.");
        }

        if (nodes > MaximumNodes || characters > MaximumCharacters)
        {
            throw new Stop("YAML_TOO_MANY_NODES", "The file holds too many values, aliases counted in full.", at,
                $"At most {MaximumNodes} values and {MaximumCharacters} characters are read.");
        }
    }

    /// <summary>Ends the reading of this file; never leaves <see cref="Read"/>.</summary>
    private sealed class Stop(string code, string message, ParsingEvent at, string advice) : Exception(message)
    {
        public Problem Problem { get; } = new(code, message, null, (int)at.Start.Line, (int)at.Start.Column, advice);
    }
}
