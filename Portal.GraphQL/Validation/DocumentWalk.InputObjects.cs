using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <content>Input objects.</content>
internal sealed partial class DocumentWalk
{
    private void VisitObject(ObjectValueNode node, Position at, bool checks)
    {
        var type = at.Type?.Named as InputObjectType;
        if (checks && type is null)
        {
            CheckLeafValue(node, at.Type);
            checks = false;
        }
        if (checks)
        {
            CheckRequiredFields(node, type!);
        }
        var names = Asks(ValidationRules.UniqueInputFieldNames) && Repeats.Any(node.Fields, field => field.Name.Value)
            ? new Dictionary<string, NameNode>(StringComparer.Ordinal)
            : null;
        foreach (var field in node.Fields)
        {
            var definition = type?.FindField(field.Name.Value);
            if (checks && definition is null)
            {
                var near = DidYouMean(field.Name.Value, type!.Fields.Select(known => known.Name));
                Tell(
                    ValidationRules.ValuesOfCorrectType,
                    $"Field \"{field.Name}\" is not defined by type \"{type}\".{near}",
                    field.Location);
            }
            if (names is not null && !names.TryAdd(field.Name.Value, field.Name))
            {
                Tell(
                    ValidationRules.UniqueInputFieldNames,
                    $"There can be only one input field named \"{field.Name}\".",
                    names[field.Name.Value].Location,
                    field.Name.Location);
            }
            VisitValue(field.Value, new Position(definition?.Type, at.Type, definition is { HasDefault: true }), checks);
        }
    }

    private void CheckRequiredFields(ObjectValueNode node, InputObjectType type)
    {
        foreach (var field in type.Fields)
        {
            if (field.IsRequired && node.Fields.All(given => given.Name.Value != field.Name))
            {
                Tell(
                    ValidationRules.ValuesOfCorrectType,
                    $"Field \"{type}.{field.Name}\" of required type \"{field.Type}\" was not provided.",
                    node.Location);
            }
        }
        if (type.IsOneOf)
        {
            CheckOneOf(node, type);
        }
    }

    private void CheckOneOf(ObjectValueNode node, InputObjectType type)
    {
        var last = node.Fields.IsEmpty ? null : node.Fields[^1];
        var problem = last switch
        {
            null => $"OneOf Input Object \"{type}\" must specify exactly one key.",
            _ when node.Fields.Any(field => field.Name.Value != last.Name.Value) =>
                $"OneOf Input Object \"{type}\" must specify exactly one key.",
            { Value: NullValueNode } => $"Field \"{type}.{last.Name}\" must be non-null.",
            { Value: VariableNode variable } when FindVariable(variable.Name.Value) is { Type: not NonNullTypeNode } =>
                $"Variable \"{variable.Name}\" must be non-nullable to be used for OneOf Input Object \"{type}\".",
            _ => null,
        };
        if (problem is not null)
        {
            Tell(ValidationRules.ValuesOfCorrectType, problem, node.Location);
        }
    }

    // Of the last operation: a fragment is taken to belong to the operation before it, as the reference has it.
    private VariableDefinitionNode? FindVariable(string name)
    {
        for (var i = _variables.Length - 1; i >= 0; i--)
        {
            if (_variables[i].Variable.Name.Value == name)
            {
                return _variables[i];
            }
        }
        return null;
    }
}
