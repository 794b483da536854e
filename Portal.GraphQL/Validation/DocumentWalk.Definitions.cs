using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Validation;

/// <content>Rules of operations, fragments and variables as wholes.</content>
internal sealed partial class DocumentWalk
{
    private ImmutableArray<VariableDefinitionNode> _variables = [];

    private void CheckExecutableDefinitions()
    {
        if (!Asks(ValidationRules.ExecutableDefinitions))
        {
            return;
        }
        foreach (var definition in _document.Definitions)
        {
            var name = definition switch
            {
                ExecutableDefinitionNode => null,
                TypeDefinitionNode n => $"\"{n.Name}\"",
                TypeExtensionNode n => $"\"{n.Name}\"",
                DirectiveDefinitionNode n => $"\"{n.Name}\"",
                _ => "schema",
            };
            if (name is not null)
            {
                Tell(
                    ValidationRules.ExecutableDefinitions, $"The {name} definition is not executable.", definition.Location);
            }
        }
    }

    private void CheckOperationName(OperationDefinitionNode node)
    {
        if (node.Name is not { } name || _facts.OperationCount == 1 || !Asks(ValidationRules.UniqueOperationNames))
        {
            return;
        }
        _operationNames ??= new(StringComparer.Ordinal);
        if (!_operationNames.TryAdd(name.Value, name))
        {
            Tell(
                ValidationRules.UniqueOperationNames,
                $"There can be only one operation named \"{name}\".",
                _operationNames[name.Value].Location,
                name.Location);
        }
    }

    private void CheckSubscription(OperationDefinitionNode node)
    {
        if (_schema.Subscription is not { } root)
        {
            return;
        }
        var what = node.Name is { } name ? $"Subscription \"{name}\"" : "Anonymous Subscription";
        var fields = new SubscriptionFields(_schema, _facts, root, node.SelectionSet);
        if (fields.Conditions.Count > 0)
        {
            // Whether there is one field must not depend on a variable.
            Tell(
                ValidationRules.SingleFieldSubscriptions,
                $"{what} must not use `@skip` or `@include` directives in the top level selection.",
                [.. fields.Conditions.Select(condition => condition.Location)]);
            return;
        }
        if (fields.ByKey.Count > 1)
        {
            Tell(
                ValidationRules.SingleFieldSubscriptions,
                $"{what} must select only one top level field.",
                [.. fields.ByKey.Values.Skip(1).SelectMany(same => same).Select(field => field.Location)]);
        }
        foreach (var same in fields.ByKey.Values.Where(same => same[0].Name.Value.StartsWith("__", StringComparison.Ordinal)))
        {
            Tell(
                ValidationRules.SingleFieldSubscriptions,
                $"{what} must not select an introspection top level field.",
                [.. same.Select(field => field.Location)]);
        }
    }

    private void CheckVariableNames(ImmutableArray<VariableDefinitionNode> variables)
    {
        if (!Asks(ValidationRules.UniqueVariableNames) || !Repeats.Any(variables, variable => variable.Variable.Name.Value))
        {
            return;
        }
        foreach (var same in Repeats.Of(variables, variable => variable.Variable.Name.Value))
        {
            Tell(
                ValidationRules.UniqueVariableNames,
                $"There can be only one variable named \"${same.Key}\".",
                [.. same.Select(variable => variable.Variable.Name.Location)]);
        }
    }

    private void VisitVariable(VariableDefinitionNode node)
    {
        var type = _schema.FindType(node.Type);
        if (Asks(ValidationRules.VariablesAreInputTypes) && type is { IsInput: false })
        {
            Tell(
                ValidationRules.VariablesAreInputTypes,
                $"Variable \"${node.Variable.Name}\" cannot be non-input type \"{Printer.Print(node.Type)}\".",
                node.Type.Location);
        }
        CheckUniqueDirectives(node.Directives);
        CheckTypeName(node.Type, isTypeSystem: false);
        if (node.DefaultValue is { } value)
        {
            VisitValue(value, new Position(type is { IsInput: true } ? type : null, null, HasDefault: false), checks: true);
        }
        VisitDirectives(node.Directives, "VARIABLE_DEFINITION", null);
    }
}
