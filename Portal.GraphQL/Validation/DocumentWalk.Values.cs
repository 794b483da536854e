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
