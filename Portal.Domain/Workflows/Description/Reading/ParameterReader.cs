using System.Globalization;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Reads <c>parameters</c>.</summary>
internal static class ParameterReader
{
    private const string Example = "Write `grid: { type: integer, default: 48 }`.";

    private static readonly string[] Keys =
        ["type", "title", "description", "default", "unit", "minimum", "maximum", "pattern", "maxLength", "options"];

    public static IReadOnlyList<ParameterDefinition> Read(MapReader top, Reading reading)
    {
        var parameters = new List<ParameterDefinition>();
        foreach (var (key, value, field) in top.Entries("parameters", 100, Example))
        {
            reading.Problems.Take(Names.ParameterName(key.Text), field, key.Line, key.Column);
            if (parameters.Find(x => x.Variable == Names.VariableOf(key.Text)) is { } twin)
            {
                reading.Problems.Add("DUPLICATE_NAME",
                    $"The parameters {twin.Name} and {Characters.Shown(key.Text)} would share the variable "
                    + $"{twin.Variable}.", field, key, "Rename one: case, dashes and underscores do not tell them apart.");
            }
            else if (value is YamlMap map)
            {
                parameters.Add(One(key, new MapReader(map, field, reading, Keys), reading));
            }
            else
            {
                reading.WrongType(value, field, "A map with the parameter's type", Example);
            }
        }

        return parameters;
    }

    private static ParameterDefinition One(YamlScalar key, MapReader map, Reading reading)
    {
        var type = Type(map, reading);
        var number = type is ParameterType.Integer or ParameterType.Number;
        Only(map, reading, "integer and number", number, "unit", "minimum", "maximum");
        Only(map, reading, "text", type is ParameterType.Text, "pattern", "maxLength");
        Only(map, reading, "choice", type is ParameterType.Choice, "options");

        var definition = new ParameterDefinition(key.Text, type ?? ParameterType.Text, map.Text("title", 200) ?? key.Text,
            map.Text("description", 2000, lines: true), map.Text("unit", 40), null,
            Bound(map, "minimum", reading), Bound(map, "maximum", reading), Pattern(map, reading), MaxLength(map, reading),
            type == ParameterType.Choice ? Options(map, reading) : [], key.Line, key.Column);
        if (definition.Minimum > definition.Maximum)
        {
            reading.Problems.Add("OUT_OF_RANGE", "The minimum is above the maximum.", map.Path("minimum"), map.Find("minimum")!,
                "Swap the two.");
        }

        return type is null ? definition : definition with { Default = Default(definition, map, reading) };
    }

    private static ParameterType? Type(MapReader map, Reading reading)
    {
        map.Require("type", "Write one of integer, number, text, boolean and choice.");
        string[] names = ["integer", "number", "text", "boolean", "choice"];
        if (map.Single("type") is not { } node)
        {
            return null;
        }

        var at = Array.IndexOf(names, node.Text);
        if (at < 0)
        {
            reading.Problems.Add("INVALID_VALUE", $"{Characters.Shown(node.Text)} is not a type of parameter.",
                map.Path("type"), node,
                Suggestion.For(node.Text, names, "Write one of integer, number, text, boolean and choice."));
            return null;
        }

        return (ParameterType)at;
    }

    private static void Only(MapReader map, Reading reading, string types, bool fits, params string[] keys)
    {
        foreach (var key in keys.Where(x => !fits && map.Has(x) && map.Has("type")))
        {
            reading.Problems.Add("UNKNOWN_KEY", $"The key {key} is for parameters of the type {types} only.", map.Path(key),
                map.Map.Entries.First(x => x.Key.Text == key).Key, "Remove it, or change the type.");
        }
    }

    private static double? Bound(MapReader map, string key, Reading reading)
    {
        if (map.Single(key, "A number") is not { } node)
        {
            return null;
        }

        if (node.Means is ScalarKind.Integer or ScalarKind.Number && ParameterCheck.Number(node.Text) is { } number)
        {
            return number;
        }

        reading.WrongType(node, map.Path(key), "A decimal number", "Write it in digits, as 8 or 0.5 or 1e-6, without quotes.");
        return null;
    }

    private static int? MaxLength(MapReader map, Reading reading) => map.Single("maxLength", "A whole number") is not { } node
        ? null
        : reading.Problems.Take(Names.Count(node.Text, "characters", ParameterCheck.MaximumLength), map.Path("maxLength"),
            node.Line, node.Column);

    private static string? Pattern(MapReader map, Reading reading)
    {
        if (map.Single("pattern") is not { } node)
        {
            return null;
        }

        reading.Problems.Take(ParameterCheck.Expression(node.Text), map.Path("pattern"), node.Line, node.Column);
        return node.Text;
    }

    private static List<string> Options(MapReader map, Reading reading)
    {
        const string advice = "Write `options: [explicit, implicit]`.";
        map.Require("options", advice);
        var options = new List<string>();
        foreach (var (item, field) in map.Items("options", 200, advice))
        {
            if (item is not YamlScalar { Means: not ScalarKind.Nothing, Text: var text } || text.Length > 200
                || !Characters.OneLine(text))
            {
                reading.WrongType(item, field, "Text of one line, up to 200 characters", advice);
            }
            else if (options.Contains(text))
            {
                reading.Problems.Add("DUPLICATE_NAME", $"The option {Characters.Shown(text)} stands here twice.", field, item,
                    "Remove one.");
            }
            else
            {
                options.Add(text);
            }
        }

        if (options.Count == 0 && map.Find("options") is YamlList empty && empty.Items.Count == 0)
        {
            reading.Problems.Add("MISSING_KEY", "A choice needs at least one option.", map.Path("options"), empty, advice);
        }

        return options;
    }

    private static Template? Default(ParameterDefinition definition, MapReader map, Reading reading)
    {
        if (map.Single("default", "One value") is not { } node)
        {
            return null;
        }

        var template = reading.Template(node, map.Path("default"), onlyParameters: true);
        var quoted = definition.Type is not (ParameterType.Text or ParameterType.Choice) && node.Means == ScalarKind.Text;
        if (template.IsLiteral && quoted)
        {
            reading.WrongType(node, map.Path("default"), definition.Type switch
            {
                ParameterType.Integer => "A whole number",
                ParameterType.Number => "A number",
                _ => "true or false",
            }, string.Create(CultureInfo.InvariantCulture,
                $"The type is {definition.Type.ToString().ToLowerInvariant()}; write no quotes."));
        }
        else
        {
            reading.Check(template, text => ParameterCheck.Canonical(definition, text));
        }

        return template;
    }
}
