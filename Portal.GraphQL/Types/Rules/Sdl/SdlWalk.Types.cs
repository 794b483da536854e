using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Names that are not defined, and extensions of what is something else.</content>
internal sealed partial class SdlWalk
{
    private readonly Dictionary<string, TypeDefinitionNode> _types = Collect(document);

    private static Dictionary<string, TypeDefinitionNode> Collect(DocumentNode document)
    {
        var types = new Dictionary<string, TypeDefinitionNode>(StringComparer.Ordinal);
        foreach (var type in document.Definitions.OfType<TypeDefinitionNode>())
        {
            types[type.Name.Value] = type;
        }
        return types;
    }

    // Executable definitions have no place here, and know no standard types, as the reference has it.
    private void CheckTypeIsKnown(NamedTypeNode node, bool isTypeSystem)
    {
        var name = node.Name.Value;
        if (_types.ContainsKey(name) || (isTypeSystem && Introspection.Standard.ContainsKey(name)))
        {
            return;
        }
        var near = Suggestions.For(name, isTypeSystem ? Introspection.Standard.Keys.Concat(_types.Keys) : _types.Keys);
        Tell($"Unknown type \"{name}\".{Suggestions.DidYouMean(near)}", node.Location);
    }

    private void CheckExtension(TypeExtensionNode node)
    {
        if (!_types.TryGetValue(node.Name.Value, out var type))
        {
            var near = Suggestions.DidYouMean(Suggestions.For(node.Name.Value, _types.Keys));
            Tell($"Cannot extend type \"{node.Name}\" because it is not defined.{near}", node.Name.Location);
        }
        else if (TypeParts.Of(type).Location != TypeParts.Of(node).Location)
        {
            var word = TypeParts.Of(node).Location.ToLowerInvariant().Replace('_', ' ');
            Tell($"Cannot extend non-{word} type \"{node.Name}\".", type.Location, node.Location);
        }
    }
}
