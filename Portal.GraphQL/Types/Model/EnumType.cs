using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>An enum. Specification, section 3.9.</summary>
public sealed class EnumType : NamedType
{
    private readonly FrozenDictionary<string, EnumValue> _byName;
    private readonly FrozenDictionary<object, EnumValue> _byValue;

    internal EnumType(
        string name,
        string? description,
        ImmutableArray<EnumValue> values,
        EnumTypeDefinitionNode node,
        ImmutableArray<TypeExtensionNode> extensions,
        ElementNotes? notes)
        : base(name, description, node, extensions, notes)
    {
        Values = values;
        _byName = values.ToFrozenDictionary(value => value.Name);
        var byValue = new Dictionary<object, EnumValue>();
        for (var i = 0; i < values.Length; i++)
        {
            values[i].Index = i;
            byValue[values[i].Value] = values[i];
        }
        _byValue = byValue.ToFrozenDictionary();
    }

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Enum;

    /// <summary>In the order of their definitions; <see cref="EnumValue.Index"/> is the place here.</summary>
    public ImmutableArray<EnumValue> Values { get; }

    /// <summary>The value of that name, or null.</summary>
    /// <param name="name">The name.</param>
    public EnumValue? FindValue(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What a resolver's value is called; null when it is none of this enum.</summary>
    /// <param name="value">An <see cref="EnumValue.Value"/>.</param>
    public EnumValue? FindByValue(object value) => _byValue.GetValueOrDefault(value);

    /// <summary>Takes a value of a variable. Section 3.9, input coercion.</summary>
    /// <param name="input">As <see cref="InputValues"/> describes; not null.</param>
    /// <param name="value">What resolvers get.</param>
    /// <param name="problem">A sentence for the client.</param>
    public bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        var found = input is string name ? FindValue(name) : null;
        (value, problem) = (found?.Value, null);
        if (found is null)
        {
            problem = input is string unknown
                ? $"Value \"{unknown}\" does not exist in \"{Name}\" enum.{Suggest(unknown)}"
                : $"Enum \"{Name}\" cannot represent non-string value: {Inspection.Of(input)}.{Suggest(Inspection.Of(input))}";
        }
        return found is not null;
    }

    /// <summary>Takes a value of a document. Section 3.9, input coercion.</summary>
    /// <param name="node">Neither a variable nor null.</param>
    /// <param name="value">What resolvers get.</param>
    /// <param name="problem">A sentence for the client.</param>
    public bool TryParseLiteral(ValueNode node, out object? value, [NotNullWhen(false)] out string? problem)
    {
        var found = node is EnumValueNode named ? FindValue(named.Name) : null;
        (value, problem) = (found?.Value, null);
        if (found is null)
        {
            var text = Printer.Print(node);
            problem = node is EnumValueNode
                ? $"Value \"{text}\" does not exist in \"{Name}\" enum.{Suggest(text)}"
                : $"Enum \"{Name}\" cannot represent non-enum value: {text}.{Suggest(text)}";
        }
        return found is not null;
    }

    /// <summary>The name of what a resolver gave. Section 3.9, result coercion.</summary>
    /// <param name="value">An <see cref="EnumValue.Value"/>.</param>
    /// <exception cref="LeafException">It is none of this enum.</exception>
    public EnumValue Serialize(object value) => FindByValue(value)
        ?? throw new LeafException($"Enum \"{Name}\" cannot represent value: {Inspection.Of(value)}");

    private string Suggest(string text) =>
        Suggestions.DidYouMean(Suggestions.For(text, Values.Select(value => value.Name)), "the enum value");
}

/// <summary>A value of an enum. Specification, section 3.9.</summary>
public sealed class EnumValue : SchemaElement
{
    internal EnumValue(
        string name,
        string? description,
        string? deprecationReason,
        EnumValueDefinitionNode node,
        ElementNotes? notes)
        : base(name, description, node.Directives, notes)
    {
        Value = notes?.EnumValue ?? name;
        (DeprecationReason, Node) = (deprecationReason, node);
        JsonName = Quoted(name);
    }

    /// <summary>Its place in <see cref="EnumType.Values"/>.</summary>
    public int Index { get; internal set; }

    /// <summary>What resolvers give and get for it; its name if nothing else was said.</summary>
    public object Value { get; }

    /// <summary>Why it should not be used any more; null when it may be. Section 3.13.3.</summary>
    public string? DeprecationReason { get; }

    /// <summary>Where it is defined.</summary>
    public EnumValueDefinitionNode Node { get; }

    /// <summary>The name in UTF-8 and between quotation marks, as it is answered.</summary>
    public ReadOnlyMemory<byte> JsonName { get; }
}
