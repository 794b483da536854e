using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>More of the schema. Specification, section 3.3.2.</summary>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="OperationTypes">May be empty if there are directives.</param>
public sealed record SchemaExtensionNode(
    ImmutableArray<DirectiveNode> Directives, ImmutableArray<OperationTypeDefinitionNode> OperationTypes) : DefinitionNode;

/// <summary>More of a type that is defined elsewhere. It always adds something. Specification, section 3.4.3.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Directives">Their arguments are constant.</param>
public abstract record TypeExtensionNode(NameNode Name, ImmutableArray<DirectiveNode> Directives) : DefinitionNode;

/// <summary>More of a scalar type. Specification, section 3.5.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Directives">Their arguments are constant.</param>
public sealed record ScalarTypeExtensionNode(
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives) : TypeExtensionNode(Name, Directives);

/// <summary>More of an object type. Specification, section 3.6.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Interfaces">The interfaces that it implements.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Fields">In their order; may be empty.</param>
public sealed record ObjectTypeExtensionNode(
    NameNode Name,
    ImmutableArray<NamedTypeNode> Interfaces,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<FieldDefinitionNode> Fields) : TypeExtensionNode(Name, Directives);

/// <summary>More of an interface. Specification, section 3.7.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Interfaces">The interfaces that it implements.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Fields">In their order; may be empty.</param>
public sealed record InterfaceTypeExtensionNode(
    NameNode Name,
    ImmutableArray<NamedTypeNode> Interfaces,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<FieldDefinitionNode> Fields) : TypeExtensionNode(Name, Directives);

/// <summary>More of a union. Specification, section 3.8.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Types">Its members; may be empty.</param>
public sealed record UnionTypeExtensionNode(
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<NamedTypeNode> Types) : TypeExtensionNode(Name, Directives);

/// <summary>More of an enum type. Specification, section 3.9.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Values">In their order; may be empty.</param>
public sealed record EnumTypeExtensionNode(
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<EnumValueDefinitionNode> Values) : TypeExtensionNode(Name, Directives);

/// <summary>More of an input object type. Specification, section 3.10.</summary>
/// <param name="Name">The type's name.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Fields">In their order; may be empty.</param>
public sealed record InputObjectTypeExtensionNode(
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<InputValueDefinitionNode> Fields) : TypeExtensionNode(Name, Directives);
