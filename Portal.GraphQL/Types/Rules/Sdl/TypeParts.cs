using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>What definitions and extensions of types have in common, whatever their kind.</summary>
internal readonly record struct TypeParts(
    string Location,
    ImmutableArray<DirectiveNode> Directives,
    ImmutableArray<NamedTypeNode> Interfaces,
    ImmutableArray<FieldDefinitionNode> Fields,
    ImmutableArray<InputValueDefinitionNode> Inputs,
    ImmutableArray<NamedTypeNode> Members,
    ImmutableArray<EnumValueDefinitionNode> Values)
{
    public static TypeParts Of(Node node) => node switch
    {
        ScalarTypeDefinitionNode n => new("SCALAR", n.Directives, [], [], [], [], []),
        ScalarTypeExtensionNode n => new("SCALAR", n.Directives, [], [], [], [], []),
        ObjectTypeDefinitionNode n => new("OBJECT", n.Directives, n.Interfaces, n.Fields, [], [], []),
        ObjectTypeExtensionNode n => new("OBJECT", n.Directives, n.Interfaces, n.Fields, [], [], []),
        InterfaceTypeDefinitionNode n => new("INTERFACE", n.Directives, n.Interfaces, n.Fields, [], [], []),
        InterfaceTypeExtensionNode n => new("INTERFACE", n.Directives, n.Interfaces, n.Fields, [], [], []),
        UnionTypeDefinitionNode n => new("UNION", n.Directives, [], [], [], n.Types, []),
        UnionTypeExtensionNode n => new("UNION", n.Directives, [], [], [], n.Types, []),
        EnumTypeDefinitionNode n => new("ENUM", n.Directives, [], [], [], [], n.Values),
        EnumTypeExtensionNode n => new("ENUM", n.Directives, [], [], [], [], n.Values),
        InputObjectTypeDefinitionNode n => new("INPUT_OBJECT", n.Directives, [], [], n.Fields, [], []),
        InputObjectTypeExtensionNode n => new("INPUT_OBJECT", n.Directives, [], [], n.Fields, [], []),
        _ => throw new ArgumentException($"{node.GetType().Name} is no type.", nameof(node)),
    };
}
