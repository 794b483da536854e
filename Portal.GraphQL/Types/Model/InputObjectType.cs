using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>An input object. Specification, section 3.10.</summary>
public sealed class InputObjectType : NamedType
{
    private FrozenDictionary<string, InputField> _byName = FrozenDictionary<string, InputField>.Empty;

    internal InputObjectType(
        string name,
        string? description,
        InputObjectTypeDefinitionNode? node,
        ImmutableArray<TypeExtensionNode> extensions,
        bool isOneOf,
        ElementNotes? notes)
        : base(name, description, node, extensions, notes) => (IsOneOf, Construct) = (isOneOf, notes?.Construct);

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.InputObject;

    /// <summary>Exactly one field is given, and not as null: <c>@oneOf</c>. Section 3.10.1.</summary>
    public bool IsOneOf { get; }

    /// <summary>In the order of their definitions; <see cref="InputElement.Index"/> is the place here.</summary>
    public ImmutableArray<InputField> Fields { get; private set; } = [];

    /// <summary>
    /// Makes what resolvers get of the coerced fields: those given, and those with a default, by name. Without it they
    /// get the dictionary itself. What it makes of a default value is shared by all requests.
    /// </summary>
    public Func<OrderedDictionary<string, object?>, object?>? Construct { get; }

    /// <summary>The field of that name, or null.</summary>
    /// <param name="name">The field's name.</param>
    public InputField? FindField(string name) => _byName.GetValueOrDefault(name);

    internal void Complete(ImmutableArray<InputField> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i].Index = i;
        }
        Fields = fields;
        _byName = fields.ToFrozenDictionary(field => field.Name);
    }
}
