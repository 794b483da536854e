using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <content>
/// Definitions of a type system. They are refused, but rules look into them, so that all that is wrong is told at once.
/// </content>
internal sealed partial class DocumentWalk
{
    private Dictionary<string, DirectiveNode>? _onSchema;
    private Dictionary<string, Dictionary<string, DirectiveNode>>? _onTypes;

    private void VisitTypeSystem(DefinitionNode definition)
    {
        switch (definition)
        {
            case SchemaDefinitionNode n:
                VisitSchema(n.Directives, n.OperationTypes);
                break;
            case SchemaExtensionNode n:
                VisitSchema(n.Directives, n.OperationTypes);
                break;
            case DirectiveDefinitionNode n:
                VisitInputs(n.Arguments, "ARGUMENT_DEFINITION");
                break;
            case TypeDefinitionNode n:
                VisitType(n.Name.Value, TypeParts.Of(n));
                break;
            case TypeExtensionNode n:
                VisitType(n.Name.Value, TypeParts.Of(n));
                break;
        }
    }

    private void VisitSchema(
        ImmutableArray<DirectiveNode> directives, ImmutableArray<OperationTypeDefinitionNode> operations)
    {
        CheckUniqueDirectives(directives, _onSchema ??= new(StringComparer.Ordinal));
        VisitDirectives(directives, "SCHEMA", null);
        foreach (var operation in operations)
        {
            CheckTypeName(operation.Type, isTypeSystem: true);
        }
    }

    // A type and its extensions are one place for directives.
    private void VisitType(string name, TypeParts parts)
    {
        _onTypes ??= new(StringComparer.Ordinal);
        if (!_onTypes.TryGetValue(name, out var seen))
        {
            _onTypes[name] = seen = new(StringComparer.Ordinal);
        }
        CheckUniqueDirectives(parts.Directives, seen);
        VisitTypeNames(parts.Interfaces);
        VisitDirectives(parts.Directives, parts.Location, null);
        foreach (var field in parts.Fields)
        {
            CheckUniqueDirectives(field.Directives);
            VisitInputs(field.Arguments, "ARGUMENT_DEFINITION");
            CheckTypeName(field.Type, isTypeSystem: true);
            VisitDirectives(field.Directives, "FIELD_DEFINITION", null);
        }
        VisitInputs(parts.Inputs, "INPUT_FIELD_DEFINITION");
        VisitTypeNames(parts.Members);
        foreach (var value in parts.Values)
        {
            CheckUniqueDirectives(value.Directives);
            VisitDirectives(value.Directives, "ENUM_VALUE", null);
        }
    }

    private void VisitTypeNames(ImmutableArray<NamedTypeNode> types)
    {
        foreach (var type in types)
        {
            CheckTypeName(type, isTypeSystem: true);
        }
    }

    private void VisitInputs(ImmutableArray<InputValueDefinitionNode> inputs, string location)
    {
        foreach (var input in inputs)
        {
            CheckUniqueDirectives(input.Directives);
            CheckTypeName(input.Type, isTypeSystem: true);
            if (input.DefaultValue is { } value)
            {
                VisitValue(value, default, checks: true);
            }
            VisitDirectives(input.Directives, location, null);
        }
    }
}
