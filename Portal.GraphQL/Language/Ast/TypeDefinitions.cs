using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>A type as it is defined. Specification, section 3.4.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Directives">Their arguments are constant.</param>
public abstract record TypeDefinitionNode(
    StringValueNode? Description, NameNode Name, ImmutableArray<DirectiveNode> Directives) : DefinitionNode;

/// <summary>A scalar type. Specification, section 3.5.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Directives">Their arguments are constant.</param>
public sealed record ScalarTypeDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives) : TypeDefinitionNode(Description, Name, Directives);

/// <summary>An object type. Specification, section 3.6.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Interfaces">The interfaces that it implements.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Fields">In their order; may be empty.</param>
public sealed record ObjectTypeDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<NamedTypeNode> Interfaces,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<FieldDefinitionNode> Fields) : TypeDefinitionNode(Description, Name, Directives);

/// <summary>An interface, which may itself implement others. Specification, section 3.7.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Interfaces">The interfaces that it implements.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Fields">In their order; may be empty.</param>
public sealed record InterfaceTypeDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<NamedTypeNode> Interfaces,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<FieldDefinitionNode> Fields) : TypeDefinitionNode(Description, Name, Directives);

/// <summary>A union. Specification, section 3.8.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Types">Its members; may be empty.</param>
public sealed record UnionTypeDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<NamedTypeNode> Types) : TypeDefinitionNode(Description, Name, Directives);

/// <summary>An enum type. Specification, section 3.9.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Values">In their order; may be empty.</param>
public sealed record EnumTypeDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<EnumValueDefinitionNode> Values) : TypeDefinitionNode(Description, Name, Directives);

/// <summary>An input object type. Specification, section 3.10.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="Fields">In their order; may be empty.</param>
public sealed record InputObjectTypeDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<InputValueDefinitionNode> Fields) : TypeDefinitionNode(Description, Name, Directives);
