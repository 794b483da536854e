using Portal.Domain.Common;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Takes the values of a map by their keys and notes what is unknown, missing or of a wrong type.</summary>
internal sealed class MapReader
{
    private const string NoExpression =
        "Expressions work in inputs, code, environment, resources, outputs, a step's title and a parameter's default.";

    private readonly YamlMap map;
    private readonly Reading reading;

    /// <param name="map">The map.</param>
    /// <param name="field">Its path in the file; empty for the top.</param>
    /// <param name="reading">The reading it belongs to.</param>
    /// <param name="known">All keys that it may have.</param>
    public MapReader(YamlMap map, string field, Reading reading, params IReadOnlyList<string> known)
    {
        (this.map, Field, this.reading) = (map, field, reading);
        foreach (var (key, _) in map.Entries)
        {
            if (!known.Contains(key.Text))
            {
                var list = $"Known here are {string.Join(", ", known)}.";
                reading.Problems.Add("UNKNOWN_KEY", $"The key {Characters.Shown(key.Text)} is not known here.", Path(key.Text),
                    key,
                    key.Text == "<<" ? "Merge keys are not part of the format; write the keys out." : Suggestion.For(key.Text,
                        known, list));
            }
        }
    }

    public string Field { get; }

    public YamlMap Map => map;

    public string Path(string key)
    {
        key = Characters.OneLine(key) && key.Length <= 80 ? key : "?";
        return Field.Length == 0 ? key : $"{Field}.{key}";
    }

    /// <summary>The value of a key, null where it is absent; a key without a value is noted and counts as absent.</summary>
    public YamlNode? Find(string key)
    {
        var value = map.Entries.FirstOrDefault(x => x.Key.Text == key).Value;
        if (value is YamlScalar { Means: ScalarKind.Nothing })
        {
            reading.Problems.Add("WRONG_TYPE", $"The key {key} has no value.", Path(key), value,
                "Write one, remove the key, or write \"\" for an empty text.");
            return null;
        }

        return value;
    }

    public bool Has(string key) => map.Entries.Any(x => x.Key.Text == key);

    /// <summary>Notes that a key must be there, unless it is.</summary>
    public void Require(string key, string advice)
    {
        if (!Has(key))
        {
            reading.Problems.Add("MISSING_KEY", $"The key {key} is missing.", Path(key), map, advice);
        }
    }

    public YamlScalar? Single(string key, string wanted = "Text")
    {
        var value = Find(key);
        if (value is YamlScalar scalar)
        {
            return scalar;
        }

        if (value is not null)
        {
            reading.WrongType(value, Path(key), wanted, $"Write one value: `{key}: ...`.");
        }

        return null;
    }

    /// <summary>A text without expressions, at most so many characters long.</summary>
    public string? Text(string key, int maximum, bool lines = false)
    {
        if (Single(key) is not { } node)
        {
            return null;
        }

        var text = TemplateReader.Plain(node, Path(key), reading, NoExpression);
        if (text.Length > maximum)
        {
            reading.Problems.Add("TOO_LONG", $"The {key} is longer than {maximum} characters.", Path(key), node, "Shorten it.");
        }
        else if (lines ? !Characters.AllMayStand(text.TrimEnd('\n')) : !Characters.OneLine(text.TrimEnd('\n')))
        {
            var what = lines ? "a control character" : "a newline, a tab or another control character";
            reading.Problems.Add("CONTROL_CHARACTER", $"The {key} holds {what}.", Path(key), node,
                lines ? "Remove it." : "Write it on one line.");
        }

        return text.TrimEnd('\n');
    }

    /// <summary>A text with expressions, checked as far as it is known.</summary>
    public Template? Template<T>(string key, Func<string, Result<T>> parse, Early early = Early.Whole)
    {
        if (Single(key) is not { } node)
        {
            return null;
        }

        var template = reading.Template(node, Path(key));
        reading.Check(template, parse, early);
        return template;
    }

    /// <summary>true or false; the value given where the key is absent.</summary>
    public bool Truth(string key, bool otherwise)
    {
        if (Find(key) is not { } node)
        {
            return otherwise;
        }

        if (node is YamlScalar { Means: ScalarKind.Boolean } scalar)
        {
            return scalar.Text[0] is 't' or 'T';
        }

        reading.WrongType(node, Path(key), "true or false", "Write true or false, without quotes; yes and no are text.");
        return otherwise;
    }

    /// <summary>The items of a list, with their paths; none where the key is absent.</summary>
    public IEnumerable<(YamlNode Item, string Field)> Items(string key, int maximum, string advice)
    {
        var node = Find(key);
        if (node is null)
        {
            return [];
        }

        if (node is not YamlList list)
        {
            reading.WrongType(node, Path(key), "A list", advice);
            return [];
        }

        if (list.Items.Count > maximum)
        {
            reading.Problems.Add("TOO_MANY", $"The list {key} has more than {maximum} items.", Path(key), list,
                "Split the workflow.");
        }

        return list.Items.Take(maximum).Select((x, i) => (x, $"{Path(key)}[{i}]"));
    }

    /// <summary>The entries of a map, with their paths; none where the key is absent.</summary>
    public IEnumerable<(YamlScalar Key, YamlNode Value, string Field)> Entries(string key, int maximum, string advice)
    {
        var node = Find(key);
        if (node is null)
        {
            return [];
        }

        if (node is not YamlMap entries)
        {
            reading.WrongType(node, Path(key), "A map", advice);
            return [];
        }

        if (entries.Entries.Count > maximum)
        {
            reading.Problems.Add("TOO_MANY", $"The map {key} has more than {maximum} keys.", Path(key), entries,
                "Split the workflow.");
        }

        var inner = new MapReader(entries, Path(key), reading, entries.Entries.Select(x => x.Key.Text).ToList());
        return entries.Entries.Take(maximum).Select(x => (x.Key, x.Value, inner.Path(x.Key.Text)));
    }
}
