using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>Where a value stands.</summary>
/// <param name="Type">What is expected; null if nobody knows.</param>
/// <param name="Outer">What is expected of the list or object around it; null for an argument.</param>
/// <param name="HasDefault">Whether there is a default value, if none is given.</param>
internal readonly record struct Position(GraphType? Type, GraphType? Outer, bool HasDefault);

/// <content>Values.</content>
internal sealed partial class DocumentWalk
{
    // What is wrong as a whole is not looked at in parts, except for variables and names.
    private void VisitValue(ValueNode node, Position at, bool checks)
    {
        checks = checks && Asks(ValidationRules.ValuesOfCorrectType);
        switch (node)
        {
            case VariableNode variable:
                _later.AddUsage(variable, at);
                break;
            case ListValueNode list:
                VisitList(list, at, checks);
                break;
            case ObjectValueNode map:
                VisitObject(map, at, checks);
                break;
            case NullValueNode:
                if (checks && at.Type is { IsNonNull: true })
                {
                    TellValue(node, at.Type, ".");
                }
                break;
            default:
                if (checks)
                {
                    CheckLeafValue(node, at.Type);
                }
                break;
        }
    }

    private void VisitList(ListValueNode node, Position at, bool checks)
    {
        var type = at.Type?.Nullable;
        var item = (type as ListType)?.Item ?? type;
        if (checks && type is not ListType)
        {
            CheckLeafValue(node, item);
            checks = false;
        }
        foreach (var value in node.Items)
        {
            VisitValue(value, new Position(item, at.Type, HasDefault: false), checks);
        }
    }

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

    private void CheckLeafValue(ValueNode node, GraphType? type)
    {
        switch (type?.Named)
        {
            case null:
                break;
            case EnumType t when !_options.Suggestions && !t.TryParseLiteral(node, out _, out _):
                var text = Printer.Print(node);
                TellProblem(node, node is EnumValueNode
                    ? $"Value \"{text}\" does not exist in \"{t}\" enum."
                    : $"Enum \"{t}\" cannot represent non-enum value: {text}.");
                break;
            case EnumType t when !t.TryParseLiteral(node, out _, out var problem):
                TellProblem(node, problem);
                break;
            case ScalarType t when !t.Codec.TryParseLiteral(node, null, out _, out var problem):
                if (t.IsBuiltIn)
                {
                    TellProblem(node, problem);
                }
                else
                {
                    TellValue(node, type, $"; {problem}");
                }
                break;
            case InputObjectType:
                TellValue(node, type, ".");
                break;
        }
    }

    private void TellValue(ValueNode node, GraphType type, string tail) =>
        TellProblem(node, $"Expected value of type \"{type}\", found {Printer.Print(node)}{tail}");

    private void TellProblem(ValueNode node, string problem) =>
        Tell(ValidationRules.ValuesOfCorrectType, problem, node.Location);
}
