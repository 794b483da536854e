using System.Globalization;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>A variable of an operation. Specification, section 6.1.2; words and order are those of the reference.</summary>
internal sealed class VariablePlan
{
    private const int MostErrors = 50;

    private readonly VariableDefinitionNode _node;
    private readonly GraphType? _type;
    private readonly bool _hasDefault;
    private readonly object? _default;

    public VariablePlan(Schema schema, VariableDefinitionNode node)
    {
        _node = node;
        _type = schema.FindType(node.Type) is { IsInput: true } type ? type : null;
        _hasDefault = _type is not null && node.DefaultValue is not null
            && Literals.TryCoerce(node.DefaultValue, _type, null, out _default);
    }

    public string Name => _node.Variable.Name.Value;

    public static bool TryCoerce(
        IReadOnlyList<VariablePlan> variables,
        IReadOnlyDictionary<string, object?>? given,
        out Dictionary<string, object?> values,
        out List<GraphQLError> errors)
    {
        values = new Dictionary<string, object?>(variables.Count, StringComparer.Ordinal);
        errors = [];
        foreach (var variable in variables)
        {
            variable.Coerce(given, values, errors);
            if (errors.Count > MostErrors)
            {
                errors.RemoveRange(MostErrors, errors.Count - MostErrors);
                errors.Add(new GraphQLError(
                    "Too many errors processing variables, error limit reached. Execution aborted."));
                break;
            }
        }
        return errors.Count == 0;
    }

    private void Coerce(
        IReadOnlyDictionary<string, object?>? given, Dictionary<string, object?> values, List<GraphQLError> errors)
    {
        object? value = null;
        if (_type is null)
        {
            errors.Add(Tell(
                $"expected value of type \"{Printer.Print(_node.Type)}\" which cannot be used as an input type.",
                _node.Type.Location));
        }
        else if (given?.TryGetValue(Name, out value) != true)
        {
            if (_hasDefault)
            {
                values[Name] = _default;
            }
            else if (_node.DefaultValue is null && _type.IsNonNull)
            {
                errors.Add(Tell($"of required type \"{_type}\" was not provided."));
            }
        }
        else if (value is null && _type.IsNonNull)
        {
            errors.Add(Tell($"of non-null type \"{_type}\" must not be null."));
        }
        else
        {
            var problems = new List<InputProblem>();
            if (InputValues.TryCoerce(value, _type, problems, out var coerced))
            {
                values[Name] = coerced;
            }
            errors.AddRange(problems.Select(Tell));
        }
    }

    private GraphQLError Tell(InputProblem problem)
    {
        var place = string.Concat(problem.Path.Select(key =>
            key is int index ? $"[{index.ToString(CultureInfo.InvariantCulture)}]" : $".{key}"));
        var at = problem.Path.IsEmpty ? "" : $" at \"{Name}{place}\"";
        return Tell($"got invalid value {problem.ShownValue}{at}; {problem.Message}");
    }

    private GraphQLError Tell(string what, Location? place = null) =>
        new($"Variable \"${Name}\" {what}") { Locations = [place ?? _node.Location] };
}
