using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>What types hold: fields, arguments, values, members.</content>
internal sealed partial class TypeAssembly
{
    private void Complete(NamedType type)
    {
        switch (type.Node)
        {
            case ObjectTypeDefinitionNode n:
                var objects = type.Extensions.OfType<ObjectTypeExtensionNode>();
                ((ObjectType)type).Complete(
                    MakeFields(type.Name, n.Fields.Concat(objects.SelectMany(e => e.Fields))),
                    [.. n.Interfaces.Concat(objects.SelectMany(e => e.Interfaces)).Select(Named)]);
                break;
            case InterfaceTypeDefinitionNode n:
                var interfaces = type.Extensions.OfType<InterfaceTypeExtensionNode>();
                ((InterfaceType)type).Complete(
                    MakeFields(type.Name, n.Fields.Concat(interfaces.SelectMany(e => e.Fields))),
                    [.. n.Interfaces.Concat(interfaces.SelectMany(e => e.Interfaces)).Select(Named)]);
                break;
            case UnionTypeDefinitionNode n:
                var unions = type.Extensions.OfType<UnionTypeExtensionNode>();
                ((UnionType)type).Members = [.. n.Types.Concat(unions.SelectMany(e => e.Types)).Select(Named)];
                break;
            case InputObjectTypeDefinitionNode n:
                var inputs = type.Extensions.OfType<InputObjectTypeExtensionNode>();
                ((InputObjectType)type).Complete(
                    [.. n.Fields.Concat(inputs.SelectMany(e => e.Fields)).Select(field => MakeInputField(type.Name, field))]);
                break;
        }
    }

    private ImmutableArray<FieldDefinition> MakeFields(string type, IEnumerable<FieldDefinitionNode> nodes) =>
    [
        .. nodes.Select(node => new FieldDefinition(
            node.Name.Value,
            node.Description?.Value,
            TypeOf(node.Type),
            MakeArguments($"{type}.{node.Name}", node.Arguments),
            BuiltInDirectives.DeprecationReason(node.Directives),
            node,
            _notes.Take($"{type}.{node.Name}"))),
    ];

    private ImmutableArray<ArgumentDefinition> MakeArguments(string owner, ImmutableArray<InputValueDefinitionNode> nodes) =>
    [
        .. nodes.Select(node => new ArgumentDefinition(
            node.Name.Value,
            node.Description?.Value,
            TypeOf(node.Type),
            BuiltInDirectives.DeprecationReason(node.Directives),
            node,
            _notes.Take($"{owner}({node.Name}:)"))),
    ];

    private InputField MakeInputField(string type, InputValueDefinitionNode node) => new(
        node.Name.Value,
        node.Description?.Value,
        TypeOf(node.Type),
        BuiltInDirectives.DeprecationReason(node.Directives),
        node,
        _notes.Take($"{type}.{node.Name}"));

    private ImmutableArray<EnumValue> MakeValues(EnumTypeDefinitionNode node, ImmutableArray<TypeExtensionNode> extensions) =>
    [
        .. node.Values.Concat(extensions.OfType<EnumTypeExtensionNode>().SelectMany(extension => extension.Values))
            .Select(value => new EnumValue(
                value.Name.Value,
                value.Description?.Value,
                BuiltInDirectives.DeprecationReason(value.Directives),
                value,
                _notes.Take($"{node.Name}.{value.Name}"))),
    ];

    private DirectiveDefinition MakeDirective(DirectiveDefinitionNode node) => new(
        node.Name.Value,
        node.Description?.Value,
        [.. node.Locations.Select(location => location.Value)],
        MakeArguments($"@{node.Name}", node.Arguments),
        node.IsRepeatable,
        node,
        _notes.Take($"@{node.Name}"));
}
