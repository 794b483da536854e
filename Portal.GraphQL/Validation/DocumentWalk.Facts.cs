using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <content>Directives as they are defined.</content>
internal sealed partial class DocumentWalk
{
    /// <summary>What is known of a directive: by the document if it defines one of that name, or else by the schema.</summary>
    private readonly record struct Facts(DirectiveDefinition? Known, DirectiveDefinitionNode? Node)
    {
        public bool IsRepeatable => Node?.IsRepeatable ?? Known!.IsRepeatable;

        public IEnumerable<string> ArgumentNames =>
            Node?.Arguments.Select(argument => argument.Name.Value) ?? Known!.Arguments.Select(argument => argument.Name);

        public IEnumerable<(string Name, string Type)> RequiredArguments => Node is not null
            ? Node.Arguments.Where(argument => argument is { Type: NonNullTypeNode, DefaultValue: null })
                .Select(argument => (argument.Name.Value, Printer.Print(argument.Type)))
            : Known!.Arguments.Where(argument => argument.IsRequired)
                .Select(argument => (argument.Name, argument.Type.ToString()!));

        public static Facts? Of(DocumentWalk walk, string name)
        {
            var node = walk._facts.Directives?.GetValueOrDefault(name);
            var known = node is null ? walk._schema.FindDirective(name) : null;
            return node is null && known is null ? null : new Facts(known, node);
        }

        public bool MayStandOn(string location) =>
            Node?.Locations.Any(allowed => allowed.Value == location) ?? Known!.Locations.Contains(location);

        public bool HasArgument(string name) =>
            Node?.Arguments.Any(argument => argument.Name.Value == name) ?? Known!.FindArgument(name) is not null;
    }
}
