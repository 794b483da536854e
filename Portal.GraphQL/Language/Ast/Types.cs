namespace Portal.GraphQL.Language;

/// <summary>A reference to a type. Specification, section 2.11.</summary>
public abstract record TypeNode : Node;

/// <summary>A type by its name.</summary>
/// <param name="Name">Its name.</param>
public sealed record NamedTypeNode(NameNode Name) : TypeNode;

/// <summary>A list of a type.</summary>
/// <param name="Item">The type of its items.</param>
public sealed record ListTypeNode(TypeNode Item) : TypeNode;

/// <summary>A type without <c>null</c>.</summary>
/// <param name="Inner">A named type or a list.</param>
public sealed record NonNullTypeNode(TypeNode Inner) : TypeNode;
