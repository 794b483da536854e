using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>Values of documents as values of types, and back. Specification, sections 2.9 and 3.</summary>
public static class Literals
{
    // Beyond this many digits a whole number is a double: nobody shall make us multiply numbers of a million digits.
    internal const int LongestWhole = 1000;

    /// <summary>
    /// What resolvers get for a literal. False when it is no value of the type: for documents that were validated this is
    /// so only where a variable is missing. Section 6.4.1.
    /// </summary>
    /// <param name="node">The literal.</param>
    /// <param name="type">An input type.</param>
    /// <param name="variables">Coerced values of variables; what is not among them was not given.</param>
    /// <param name="value">A list is a <c>List&lt;object?&gt;</c>, an input object what it constructs.</param>
    public static bool TryCoerce(
        ValueNode node, GraphType type, IReadOnlyDictionary<string, object?>? variables, out object? value) =>
        new LiteralReader(variables, constructs: true).TryRead(node, type, out value);

    /// <summary>A literal without a type, as <see cref="InputValues"/> describes; enum values are strings.</summary>
    /// <param name="node">The literal.</param>
    /// <param name="variables">Values of variables; one that is not among them is null, and in an object left out.</param>
    public static object? Untyped(ValueNode node, IReadOnlyDictionary<string, object?>? variables = null)
    {
        switch (node)
        {
            case IntValueNode { Text.Length: > LongestWhole } n:
                return double.Parse(n.Text, CultureInfo.InvariantCulture);
            case IntValueNode n:
                var whole = BigInteger.Parse(n.Text, CultureInfo.InvariantCulture);
                return whole >= long.MinValue && whole <= long.MaxValue ? (object)(long)whole : whole;
            case FloatValueNode n:
                return double.Parse(n.Text, CultureInfo.InvariantCulture);
            case StringValueNode n:
                return n.Value;
            case EnumValueNode n:
                return n.Name;
            case BooleanValueNode n:
                return n.Value;
            case ListValueNode n:
                return n.Items.Select(item => Untyped(item, variables)).ToList();
            case ObjectValueNode n:
                var map = new OrderedDictionary<string, object?>();
                foreach (var field in n.Fields.Where(field => !IsMissing(field.Value, variables)))
                {
                    map[field.Name.Value] = Untyped(field.Value, variables);
                }
                return map;
            case VariableNode n:
                return variables?.GetValueOrDefault(n.Name.Value);
            default:
                return null;
        }
    }

    /// <summary>
    /// A value as a document would say it; null where no literal says it. Input objects are dictionaries here, not what
    /// they construct.
    /// </summary>
    /// <param name="value">As resolvers get it.</param>
    /// <param name="type">An input type.</param>
    /// <param name="sorted">Fields of input objects in the order of their names.</param>
    public static ValueNode? FromValue(object? value, GraphType type, bool sorted = false)
    {
        ArgumentNullException.ThrowIfNull(type);
        return (value, type) switch
        {
            (_, NonNullType t) => FromValue(value, t.Inner, sorted) is { } node and not NullValueNode ? node : null,
            (null, _) => new NullValueNode(),
            (IEnumerable<object?> items, ListType t) => new ListValueNode(
                [.. items.Select(item => FromValue(item, t.Item, sorted)).OfType<ValueNode>()]),
            (_, ListType t) => FromValue(value, t.Item, sorted),
            (IReadOnlyDictionary<string, object?> map, InputObjectType t) => FromMap(map, t, sorted),
            (_, InputObjectType) => null,
            (_, EnumType t) => new EnumValueNode(t.Serialize(value).Name),
            (_, ScalarType t) => FromPlain(t.Codec.Serialize(value), t == BuiltInScalars.Id),
            _ => throw new ArgumentException($"{type} is no input type.", nameof(type)),
        };
    }

    internal static bool TryCoerceBare(ValueNode node, GraphType type, out object? value) =>
        new LiteralReader(null, constructs: false).TryRead(node, type, out value);

    private static ObjectValueNode FromMap(IReadOnlyDictionary<string, object?> map, InputObjectType type, bool sorted)
    {
        var fields = ImmutableArray.CreateBuilder<ObjectFieldNode>();
        foreach (var field in sorted ? type.Fields.Sort((a, b) => NaturalOrder.Compare(a.Name, b.Name)) : type.Fields)
        {
            if (map.TryGetValue(field.Name, out var value) && FromValue(value, field.Type, sorted) is { } node)
            {
                fields.Add(new ObjectFieldNode(new NameNode(field.Name), node));
            }
        }
        return new ObjectValueNode(fields.ToImmutable());
    }

    private static ValueNode FromPlain(object? value, bool isId) => value switch
    {
        null => new NullValueNode(),
        bool truth => new BooleanValueNode(truth),
        string text when isId && IsWhole(text) => new IntValueNode(text),
        string text => new StringValueNode(text),
        IReadOnlyDictionary<string, object?> map => new ObjectValueNode(
            [.. map.Select(pair => new ObjectFieldNode(new NameNode(pair.Key), FromPlain(pair.Value, false)))]),
        IEnumerable<object?> items => new ListValueNode([.. items.Select(item => FromPlain(item, false))]),
        _ when Numbers.TryGet(value, out var number) => FromNumber(Numbers.Format(number)),
        _ => new StringValueNode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private static ValueNode FromNumber(string text) => IsWhole(text) ? new IntValueNode(text) : new FloatValueNode(text);

    private static bool IsMissing(ValueNode node, IReadOnlyDictionary<string, object?>? variables) =>
        node is VariableNode variable && variables?.ContainsKey(variable.Name.Value) != true;

    private static bool IsWhole(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        return !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9') && (digits.Length == 1 || digits[0] != '0');
    }
}
