using Portal.Domain.Common;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Reads <c>environment</c>, the workflow's and a step's.</summary>
internal static class EnvironmentReader
{
    public static IReadOnlyDictionary<string, Template> Read(MapReader map, Reading reading)
    {
        const string advice = "Write `OMP_NUM_THREADS: \"1\"` below it.";
        var variables = new OrderedDictionary<string, Template>();
        foreach (var (key, value, field) in map.Entries("environment", 200, advice))
        {
            reading.Problems.Take(Names.Variable(key.Text), field, key.Line, key.Column);
            if (value is YamlScalar { Means: not ScalarKind.Nothing } node)
            {
                var template = reading.Template(node, field);
                reading.Check(template, Value, Early.Parts);
                variables[key.Text] = template;
            }
            else
            {
                reading.WrongType(value, field, "Text", "Write one value, or \"\" for an empty one.");
            }
        }

        return variables;
    }

    /// <summary>What an environment variable may hold: anything a process can be given, so no NUL; 16,384 characters.</summary>
    public static Result<string> Value(string text) => text.Length > Substitution.MaximumLength
        ? new Problem("TOO_LONG", $"The value has {text.Length} characters.",
            Advice: $"At most {Substitution.MaximumLength}; put more into a file.")
        : Characters.Unfit(text) is { } unfit
        ? new Problem("CONTROL_CHARACTER", $"The value holds {Characters.Name(unfit)}.", Advice: "Remove it; newlines may stay.")
        : text;
}
