using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <content>Values and references to types.</content>
internal sealed partial class DocumentWriter
{
    private void WriteValue(ValueNode value)
    {
        switch (value)
        {
            case VariableNode n:
                Add("$").Add(n.Name.Value);
                break;
            case IntValueNode n:
                Add(n.Text);
                break;
            case FloatValueNode n:
                Add(n.Text);
                break;
            case StringValueNode { IsBlock: true } n:
                AddLines(BlockString.Fold(n.Value));
                break;
            case StringValueNode n:
                AddQuoted(n.Value);
                break;
            case BooleanValueNode n:
                Add(n.Value ? "true" : "false");
                break;
            case NullValueNode:
                Add("null");
                break;
            case EnumValueNode n:
                Add(n.Name);
                break;
            case ListValueNode n:
                Add("[").AddEach(n.Items, ", ");
                Add("]");
                break;
            case ObjectValueNode n:
                Add("{").AddEach(n.Fields, ", ");
                Add("}");
                break;
            default:
                throw new ArgumentException($"{value.GetType().Name} is no part of the language.", nameof(value));
        }
    }

    private void WriteType(TypeNode type)
    {
        switch (type)
        {
            case NamedTypeNode n:
                Add(n.Name.Value);
                break;
            case ListTypeNode n:
                Add("[").WriteType(n.Item);
                Add("]");
                break;
            case NonNullTypeNode n:
                WriteType(n.Inner);
                Add("!");
                break;
            default:
                throw new ArgumentException($"{type.GetType().Name} is no part of the language.", nameof(type));
        }
    }

    private void WriteTypeAndDefault(TypeNode type, ValueNode? value, ImmutableArray<DirectiveNode> directives)
    {
        Add(": ").WriteType(type);
        if (value is not null)
        {
            Add(" = ").WriteValue(value);
        }
        AddDirectives(directives);
    }
}
