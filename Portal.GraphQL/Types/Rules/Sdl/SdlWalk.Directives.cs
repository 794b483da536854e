using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <content>Directives where they are used.</content>
internal sealed partial class SdlWalk
{
    private readonly Dictionary<string, DirectiveDefinitionNode> _directives = CollectDirectives(document);
    private readonly Dictionary<string, DirectiveNode> _onSchema = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, DirectiveNode>> _onTypes = new(StringComparer.Ordinal);

    private static Dictionary<string, DirectiveDefinitionNode> CollectDirectives(DocumentNode document)
    {
        var directives = Introspection.Directives.ToDictionary(directive => directive.Name, directive => directive.Node);
        foreach (var directive in document.Definitions.OfType<DirectiveDefinitionNode>())
        {
            directives[directive.Name.Value] = directive;
        }
        return directives;
    }

    // A type and its extensions are one place.
    private Dictionary<string, DirectiveNode> OnType(string type)
    {
        if (!_onTypes.TryGetValue(type, out var seen))
        {
            _onTypes[type] = seen = new(StringComparer.Ordinal);
        }
        return seen;
    }

    private void CheckDirectiveIsKnown(DirectiveNode node, string location)
    {
        if (!_directives.TryGetValue(node.Name.Value, out var definition))
        {
            Tell($"Unknown directive \"@{node.Name}\".", node.Location);
        }
        else if (definition.Locations.All(allowed => allowed.Value != location))
        {
            Tell($"Directive \"@{node.Name}\" may not be used on {location}.", node.Location);
        }
    }

    private void CheckUniqueDirectives(
        ImmutableArray<DirectiveNode> directives, Dictionary<string, DirectiveNode>? seen = null)
    {
        if (directives.IsEmpty)
        {
            return;
        }
        seen ??= new(StringComparer.Ordinal);
        foreach (var directive in directives)
        {
            if (_directives.TryGetValue(directive.Name.Value, out var definition)
                && !definition.IsRepeatable
                && !seen.TryAdd(directive.Name.Value, directive))
            {
                Tell(
                    $"The directive \"@{directive.Name}\" can only be used once at this location.",
                    seen[directive.Name.Value].Location,
                    directive.Location);
            }
        }
    }

    private void CheckArgumentsAreKnown(DirectiveNode node)
    {
        if (!_directives.TryGetValue(node.Name.Value, out var definition))
        {
            return;
        }
        foreach (var argument in node.Arguments)
        {
            var name = argument.Name.Value;
            if (definition.Arguments.All(known => known.Name.Value != name))
            {
                var near = Suggestions.For(name, definition.Arguments.Select(known => known.Name.Value));
                Tell(
                    $"Unknown argument \"{name}\" on directive \"@{node.Name}\".{Suggestions.DidYouMean(near)}",
                    argument.Location);
            }
        }
    }

    private void CheckRequiredArguments(DirectiveNode node)
    {
        if (!_directives.TryGetValue(node.Name.Value, out var definition))
        {
            return;
        }
        foreach (var required in definition.Arguments.Where(a => a is { Type: NonNullTypeNode, DefaultValue: null }))
        {
            if (node.Arguments.All(argument => argument.Name.Value != required.Name.Value))
            {
                Tell(
                    $"Directive \"@{node.Name}\" argument \"{required.Name}\" of type \"{Printer.Print(required.Type)}\" " +
                    "is required, but it was not provided.",
                    node.Location);
            }
        }
    }
}
