using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>Whether two fields with the same key are the same. Section 5.3.2, <c>SameResponseShape()</c> among others.</summary>
internal static class FieldAgreement
{
    public static bool HaveSameArguments(FieldNode one, FieldNode other)
    {
        if (one.Arguments.Length != other.Arguments.Length)
        {
            return false;
        }
        foreach (var argument in one.Arguments)
        {
            if (Find(other.Arguments, argument.Name.Value) is not { } value || !AreSame(argument.Value, value))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether no value could be of both types; objects are left to their fields.</summary>
    public static bool DoTypesConflict(GraphType one, GraphType other)
    {
        while (one != other)
        {
            switch (one, other)
            {
                case (ListType a, ListType b):
                    (one, other) = (a.Item, b.Item);
                    break;
                case (NonNullType a, NonNullType b):
                    (one, other) = (a.Inner, b.Inner);
                    break;
                default:
                    return !one.IsComposite || !other.IsComposite;
            }
        }
        return false;
    }

    // By what is written, except for the order of fields.
    private static bool AreSame(ValueNode one, ValueNode other) => (one, other) switch
    {
        (VariableNode a, VariableNode b) => a.Name.Value == b.Name.Value,
        (IntValueNode a, IntValueNode b) => a.Text == b.Text,
        (FloatValueNode a, FloatValueNode b) => a.Text == b.Text,
        (StringValueNode a, StringValueNode b) => a.Value == b.Value && a.IsBlock == b.IsBlock,
        (BooleanValueNode a, BooleanValueNode b) => a.Value == b.Value,
        (EnumValueNode a, EnumValueNode b) => a.Name == b.Name,
        (NullValueNode, NullValueNode) => true,
        (ListValueNode a, ListValueNode b) => a.Items.Length == b.Items.Length && a.Items.Zip(b.Items).All(AreSame),
        (ObjectValueNode a, ObjectValueNode b) =>
            a.Fields.Length == b.Fields.Length && Sorted(a).Zip(Sorted(b)).All(AreSame),
        _ => false,
    };

    private static bool AreSame((ValueNode One, ValueNode Other) pair) => AreSame(pair.One, pair.Other);

    private static bool AreSame((ObjectFieldNode One, ObjectFieldNode Other) pair) =>
        pair.One.Name.Value == pair.Other.Name.Value && AreSame(pair.One.Value, pair.Other.Value);

    private static IEnumerable<ObjectFieldNode> Sorted(ObjectValueNode node) =>
        node.Fields.OrderBy(field => field.Name.Value, StringComparer.Ordinal);

    // The last of a name counts, if there are two.
    private static ValueNode? Find(ImmutableArray<ArgumentNode> arguments, string name)
    {
        for (var i = arguments.Length - 1; i >= 0; i--)
        {
            if (arguments[i].Name.Value == name)
            {
                return arguments[i].Value;
            }
        }
        return null;
    }
}
