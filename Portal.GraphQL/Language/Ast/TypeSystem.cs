using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>Which types operations begin at. Specification, section 3.3.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Directives">Their arguments are constant.</param>
/// <param name="OperationTypes">At least one.</param>
public sealed record SchemaDefinitionNode(
    StringValueNode? Description,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<OperationTypeDefinitionNode> OperationTypes) : DefinitionNode;

/// <summary>The type that one kind of operation begins at.</summary>
/// <param name="Operation">The kind.</param>
/// <param name="Type">The type.</param>
public sealed record OperationTypeDefinitionNode(OperationKind Operation, NamedTypeNode Type) : Node;

/// <summary>A directive as it is defined. Specification, section 3.13.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name, without <c>@</c>.</param>
/// <param name="Arguments">In their order.</param>
/// <param name="IsRepeatable">May stand more than once in one place.</param>
/// <param name="Locations">Where it may stand: names of the specification's list, at least one.</param>
public sealed record DirectiveDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<InputValueDefinitionNode> Arguments,
    bool IsRepeatable,
    ImmutableArray<NameNode> Locations) : DefinitionNode;

/// <summary>A field of an object or interface type. Specification, section 3.6.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">In their order.</param>
/// <param name="Type">What it gives.</param>
/// <param name="Directives">Their arguments are constant.</param>
public sealed record FieldDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    ImmutableArray<InputValueDefinitionNode> Arguments,
    TypeNode Type,
    ImmutableArray<DirectiveNode> Directives) : Node;

/// <summary>An argument, or a field of an input object. Specification, sections 3.6.1 and 3.10.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it takes.</param>
/// <param name="DefaultValue">Used when nothing is said; constant.</param>
/// <param name="Directives">Their arguments are constant.</param>
public sealed record InputValueDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    TypeNode Type,
    ValueNode? DefaultValue,
    ImmutableArray<DirectiveNode> Directives) : Node;

/// <summary>A value of an enum type. Specification, section 3.9.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Any name but <c>true</c>, <c>false</c> and <c>null</c>.</param>
/// <param name="Directives">Their arguments are constant.</param>
public sealed record EnumValueDefinitionNode(
    StringValueNode? Description, NameNode Name, ImmutableArray<DirectiveNode> Directives) : Node;
