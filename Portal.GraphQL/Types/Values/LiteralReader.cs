using System.Runtime.InteropServices;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>Reads literals by their type. Specification, section 3, "Input Coercion" of each type.</summary>
internal readonly struct LiteralReader(IReadOnlyDictionary<string, object?>? variables, bool constructs)
{
    public bool TryRead(ValueNode node, GraphType type, out object? value)
    {
        value = null;
        if (node is VariableNode variable)
        {
            // Whether it may stand here was validated.
            return variables is not null
                && variables.TryGetValue(variable.Name.Value, out value)
                && !(value is null && type.IsNonNull);
        }
        if (node is NullValueNode)
        {
            return !type.IsNonNull;
        }
        return type.Nullable switch
        {
            ListType list => TryReadList(node, list, out value),
            InputObjectType input => TryReadObject(node, input, out value),
            EnumType leaf => leaf.TryParseLiteral(node, out value, out _),
            ScalarType leaf => leaf.Codec.TryParseLiteral(node, variables, out value, out _),
            _ => false,
        };
    }

    private bool TryReadList(ValueNode node, ListType type, out object? value)
    {
        // What is no list is a list of one.
        ReadOnlySpan<ValueNode> nodes = node is ListValueNode list ? list.Items.AsSpan() : [node];
        var items = new List<object?>(nodes.Length);
        CollectionsMarshal.SetCount(items, nodes.Length);
        value = items;
        for (var i = 0; i < nodes.Length; i++)
        {
            object? item = null;
            if (IsMissing(nodes[i]) ? type.Item.IsNonNull : !TryRead(nodes[i], type.Item, out item))
            {
                return false;
            }
            items[i] = item;
        }
        return true;
    }

    private bool TryReadObject(ValueNode node, InputObjectType type, out object? value)
    {
        value = null;
        if (node is not ObjectValueNode given)
        {
            return false;
        }
        var map = new OrderedDictionary<string, object?>(type.Fields.Length);
        foreach (var field in type.Fields)
        {
            var written = Find(given, field.Name);
            if (written is null || IsMissing(written))
            {
                if (field.HasDefault)
                {
                    map[field.Name] = constructs ? field.DefaultValue : field.BareDefault;
                }
                else if (field.Type.IsNonNull)
                {
                    return false;
                }
                continue;
            }
            if (!TryRead(written, field.Type, out var item))
            {
                return false;
            }
            map[field.Name] = item;
        }
        if (type.IsOneOf && (map.Count != 1 || map.GetAt(0).Value is null))
        {
            return false;
        }
        value = constructs && type.Construct is { } construct ? construct(map) : map;
        return true;
    }

    private bool IsMissing(ValueNode node) =>
        node is VariableNode variable && variables?.ContainsKey(variable.Name.Value) != true;

    // The last of a name counts, if validation let two pass.
    private static ValueNode? Find(ObjectValueNode given, string name)
    {
        for (var i = given.Fields.Length - 1; i >= 0; i--)
        {
            if (given.Fields[i].Name.Value == name)
            {
                return given.Fields[i].Value;
            }
        }
        return null;
    }
}
