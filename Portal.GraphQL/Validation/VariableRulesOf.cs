using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>Whether an operation and its fragments use the variables that it defines. Sections 5.8.3 to 5.8.5.</summary>
internal sealed class VariableRulesOf
{
    private readonly OperationDefinitionNode _operation;
    private readonly ValidationRules _rules;
    private readonly ErrorLog _log;
    private readonly string _suffix;
    private readonly Dictionary<string, (VariableDefinitionNode Node, GraphType? Type)> _defined = new(StringComparer.Ordinal);

    public VariableRulesOf(Schema schema, OperationDefinitionNode operation, ValidationRules rules, ErrorLog log)
    {
        (_operation, _rules, _log) = (operation, rules, log);
        _suffix = operation.Name is { } name ? $" operation \"{name}\"." : ".";
        foreach (var variable in operation.VariableDefinitions)
        {
            _defined[variable.Variable.Name.Value] = (variable, schema.FindType(variable.Type));
        }
    }

    private delegate void Look(in VariableUse use);

    public void Check(VariableUses uses, List<FragmentDefinitionNode> fragments)
    {
        if (Asks(ValidationRules.NoUndefinedVariables))
        {
            Each(uses, fragments, CheckIsDefined);
        }
        if (Asks(ValidationRules.NoUnusedVariables) && _defined.Count > 0)
        {
            var used = new HashSet<string>(StringComparer.Ordinal);
            Each(uses, fragments, (in VariableUse use) => used.Add(use.Node.Name.Value));
            TellUnused(used);
        }
        if (Asks(ValidationRules.VariablesInAllowedPosition) && _defined.Count > 0)
        {
            Each(uses, fragments, CheckPosition);
        }
    }

    private bool Asks(ValidationRules rule) => (_rules & rule) != 0 && !_log.IsFull;

    private void Each(VariableUses uses, List<FragmentDefinitionNode> fragments, Look look)
    {
        foreach (ref readonly var use in uses.Of(_operation))
        {
            look(use);
        }
        foreach (var fragment in fragments)
        {
            foreach (ref readonly var use in uses.Of(fragment))
            {
                look(use);
            }
        }
    }

    private void CheckIsDefined(in VariableUse use)
    {
        var name = use.Node.Name.Value;
        if (!_defined.ContainsKey(name) && !_log.IsFull)
        {
            _log.Add(
                ValidationRules.NoUndefinedVariables,
                $"Variable \"${name}\" is not defined{(_operation.Name is null ? "" : " by")}{_suffix}",
                use.Node.Location,
                _operation.Location);
        }
    }

    private void TellUnused(HashSet<string> used)
    {
        foreach (var variable in _operation.VariableDefinitions)
        {
            if (!used.Contains(variable.Variable.Name.Value))
            {
                _log.Add(
                    ValidationRules.NoUnusedVariables,
                    $"Variable \"${variable.Variable.Name}\" is never used{(_operation.Name is null ? "" : " in")}{_suffix}",
                    variable.Location);
            }
        }
    }

    private void CheckPosition(in VariableUse use)
    {
        var name = use.Node.Name.Value;
        if (_log.IsFull || use.At.Type is not { } expected
            || !_defined.TryGetValue(name, out var variable) || variable.Type is not { } type)
        {
            return;
        }
        if (!MayStand(type, variable.Node.DefaultValue, expected, use.At.HasDefault))
        {
            _log.Add(
                ValidationRules.VariablesInAllowedPosition,
                $"Variable \"${name}\" of type \"{type}\" used in position expecting type \"{expected}\".",
                variable.Node.Location,
                use.Node.Location);
        }
        if (use.At.Outer is InputObjectType { IsOneOf: true } && !type.IsNonNull)
        {
            _log.Add(
                ValidationRules.VariablesInAllowedPosition,
                $"Variable \"${name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object " +
                $"\"{use.At.Outer}\".",
                variable.Node.Location,
                use.Node.Location);
        }
    }

    // A default value that is not null makes up for a type with null. Section 5.8.5, IsVariableUsageAllowed().
    private static bool MayStand(GraphType type, ValueNode? value, GraphType expected, bool hasDefault)
    {
        if (expected.IsNonNull && !type.IsNonNull)
        {
            return (hasDefault || value is not (null or NullValueNode)) && Schema.IsSubtype(type, expected.Nullable);
        }
        return Schema.IsSubtype(type, expected);
    }
}
