using System.Text.Json;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>Binds what somebody gave to the parameters of a workflow.</summary>
public static class ParameterValues
{
    /// <summary>
    /// The value of every parameter as text in its one spelling, defaults filled in. Refused with a problem for every value that
    /// cannot be taken, is missing or belongs to no parameter; their fields are <c>parameters.NAME</c>.
    /// </summary>
    /// <param name="definitions">The parameters of one parsed workflow.</param>
    /// <param name="values">What was given, by name.</param>
    public static Result<IReadOnlyDictionary<string, string>> Bind(
        IReadOnlyList<ParameterDefinition> definitions, IReadOnlyDictionary<string, string> values)
    {
        var problems = new ProblemList();
        return Bind(definitions, values, problems);
    }

    /// <summary>The same for values from JSON: text, numbers, true and false; null counts as not given.</summary>
    /// <param name="definitions">The parameters of one parsed workflow.</param>
    /// <param name="values">What was given, by name.</param>
    public static Result<IReadOnlyDictionary<string, string>> Bind(
        IReadOnlyList<ParameterDefinition> definitions, IReadOnlyDictionary<string, JsonElement> values)
    {
        var problems = new ProblemList();
        var texts = new Dictionary<string, string>();
        foreach (var (name, value) in values)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Null or JsonValueKind.Undefined:
                    break;
                case JsonValueKind.String:
                    texts[name] = value.GetString()!;
                    break;
                case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                    texts[name] = value.GetRawText();
                    break;
                default:
                    problems.Add(new("WRONG_TYPE", "A list or an object is not a value of a parameter.", Field(name),
                        Advice: "Give text, a number, true or false."));
                    break;
            }
        }

        return Bind([.. definitions.Where(x => !problems.Any || !values.TryGetValue(x.Name, out var v)
            || v.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))], texts, problems);
    }

    private static Result<IReadOnlyDictionary<string, string>> Bind(
        IReadOnlyList<ParameterDefinition> definitions, IReadOnlyDictionary<string, string> values, ProblemList problems)
    {
        var names = definitions.Select(x => x.Name).ToHashSet();
        foreach (var name in values.Keys.Where(x => !names.Contains(x)))
        {
            problems.Add(new("UNKNOWN_PARAMETER", $"The workflow has no parameter {Characters.Shown(name)}.", Field(name), Advice:
                Suggestion.For(name, names, names.Count == 0 ? "It has none." : $"It has {string.Join(", ", names.Take(20))}.")));
        }

        var bound = new OrderedDictionary<string, string>();
        var binding = new Defaults(definitions.ToDictionary(x => x.Name), values, problems);
        foreach (var definition in definitions)
        {
            bound[definition.Name] = binding.Value(definition.Name) ?? "";
        }

        return problems.Any ? Result.Refused<IReadOnlyDictionary<string, string>>(problems.InOrder()) : bound;
    }

    private static string Field(string name) => Characters.OneLine(name) && name.Length <= 64 ? $"parameters.{name}"
        : "parameters";

    /// <summary>Finds values, following defaults that refer to other parameters; each only once.</summary>
    private sealed class Defaults(
        Dictionary<string, ParameterDefinition> definitions, IReadOnlyDictionary<string, string> given, ProblemList problems)
    {
        private readonly Dictionary<string, string?> found = [];

        /// <summary>The value in its one spelling; null when a problem, noted by then, stands in its way.</summary>
        public string? Value(string name)
        {
            if (found.TryGetValue(name, out var known) || !definitions.TryGetValue(name, out var definition))
            {
                return known;
            }

            // Stands there while the default is followed: a cycle, which no parsed workflow has, ends here.
            found[name] = null;
            return found[name] = Text(definition) is { } text ? Check(definition, text) : null;
        }

        private string? Text(ParameterDefinition definition)
        {
            if (given.TryGetValue(definition.Name, out var text))
            {
                return text;
            }

            if (definition.Default is not { } template)
            {
                problems.Add(new("MISSING_PARAMETER", $"The parameter {definition.Name} has no value.", Field(definition.Name),
                    Advice: "Give one; it has no default."));
                return null;
            }

            if (template.References.Any(x => Value(x.Name) is null))
            {
                return null;
            }

            var length = template.Parts.Sum(x => (long)(x.Reference is { } r ? Value(r.Name)!.Length : x.Literal.Length));
            if (length > ParameterCheck.MaximumLength)
            {
                problems.Add(new("TOO_LONG", $"The default of {definition.Name} becomes {length} characters long.",
                    Field(definition.Name),
                    Advice: $"At most {ParameterCheck.MaximumLength}; shorten the parameters it refers to."));
                return null;
            }

            return template.Replace(x => Value(x.Name)!);
        }

        private string? Check(ParameterDefinition definition, string text)
        {
            var result = ParameterCheck.Canonical(definition, text);
            foreach (var problem in result.Problems ?? [])
            {
                problems.Add(problem with { Field = Field(definition.Name) });
            }

            return result.Value;
        }
    }
}
