using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>An object. Specification, section 3.6.</summary>
public sealed class ObjectType : FieldedType
{
    internal ObjectType(
        string name,
        string? description,
        ObjectTypeDefinitionNode node,
        ImmutableArray<TypeExtensionNode> extensions,
        ElementNotes? notes)
        : base(name, description, node, extensions, notes) => ClrType = notes?.ClrType;

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Object;

    /// <summary>
    /// A number among the objects of its schema, from 0 and without gaps. The introspection types are the same in each
    /// schema and have the first ones.
    /// </summary>
    public int Index { get; internal set; } = -1;

    /// <summary>
    /// The class whose instances are of this type; null if that is not said. See <see cref="Schema.TypeOf(object)"/>.
    /// </summary>
    public Type? ClrType { get; }
}

/// <summary>An interface. Specification, section 3.7.</summary>
public sealed class InterfaceType : FieldedType
{
    internal InterfaceType(
        string name,
        string? description,
        InterfaceTypeDefinitionNode? node,
        ImmutableArray<TypeExtensionNode> extensions,
        ElementNotes? notes)
        : base(name, description, node, extensions, notes) => TypeResolver = notes?.TypeResolver;

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Interface;

    /// <summary>What its values may be.</summary>
    public PossibleTypes Possible { get; internal set; } = PossibleTypes.None;

    /// <summary>
    /// Says which object a value is; null if the value's class says it. Section 6.4.3, <c>ResolveAbstractType()</c>.
    /// </summary>
    public TypeResolver? TypeResolver { get; }
}

/// <summary>A union. Specification, section 3.8.</summary>
public sealed class UnionType : NamedType
{
    internal UnionType(
        string name,
        string? description,
        UnionTypeDefinitionNode? node,
        ImmutableArray<TypeExtensionNode> extensions,
        ElementNotes? notes)
        : base(name, description, node, extensions, notes) => TypeResolver = notes?.TypeResolver;

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Union;

    /// <summary>
    /// Its members, in their order. In a schema that was not validated there may be types of other kinds among them.
    /// </summary>
    public ImmutableArray<NamedType> Members { get; internal set; } = [];

    /// <summary>What its values may be.</summary>
    public PossibleTypes Possible { get; internal set; } = PossibleTypes.None;

    /// <summary>
    /// Says which object a value is; null if the value's class says it. Section 6.4.3, <c>ResolveAbstractType()</c>.
    /// </summary>
    public TypeResolver? TypeResolver { get; }
}

/// <summary>Says which object a value of an abstract type is; null when it is none. Specification, section 6.4.3.</summary>
/// <param name="value">What the field's resolver gave; never null.</param>
/// <param name="schema">Where the object is looked up.</param>
public delegate ObjectType? TypeResolver(object value, Schema schema);
