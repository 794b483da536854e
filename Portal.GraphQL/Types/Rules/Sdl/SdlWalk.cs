using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// Goes through a document once, in its order. This part says where it goes; at each node the rules of the other parts
/// are asked in a fixed order, so that errors come as the reference implementation has them.
/// </summary>
internal sealed partial class SdlWalk(DocumentNode document)
{
    private readonly ImmutableArray<SchemaError>.Builder _errors = ImmutableArray.CreateBuilder<SchemaError>();

    public ImmutableArray<SchemaError> Errors => _errors.ToImmutable();

    public void VisitAll()
    {
        foreach (var definition in document.Definitions)
        {
            Visit(definition);
        }
    }

    private void Visit(DefinitionNode definition)
    {
        switch (definition)
        {
            case SchemaDefinitionNode n:
                CheckLoneSchema(n);
                CheckOperationTypes(n.OperationTypes);
                VisitDirectives(n.Directives, "SCHEMA", _onSchema);
                VisitTypes(n.OperationTypes.Select(operation => operation.Type));
                break;
            case SchemaExtensionNode n:
                CheckOperationTypes(n.OperationTypes);
                VisitDirectives(n.Directives, "SCHEMA", _onSchema);
                VisitTypes(n.OperationTypes.Select(operation => operation.Type));
                break;
            case DirectiveDefinitionNode n:
                CheckArguments($"@{n.Name}", n.Arguments);
                CheckDirectiveName(n);
                VisitInputs(n.Arguments, "ARGUMENT_DEFINITION");
                break;
            case TypeDefinitionNode n:
                CheckTypeName(n);
                VisitType(n.Name.Value, TypeParts.Of(n), null);
                break;
            case TypeExtensionNode n:
                VisitType(n.Name.Value, TypeParts.Of(n), n);
                break;
            default:
                VisitExecutable(definition);
                break;
        }
    }

    private void VisitType(string name, TypeParts parts, TypeExtensionNode? extension)
    {
        CheckEnumValues(name, parts.Values);
        CheckFieldNames(name, parts.Fields.Select(field => field.Name).Concat(parts.Inputs.Select(field => field.Name)));
        foreach (var field in parts.Fields)
        {
            CheckArguments($"{name}.{field.Name}", field.Arguments);
        }
        CheckUniqueDirectives(parts.Directives, OnType(name));
        if (extension is not null)
        {
            CheckExtension(extension);
        }
        VisitTypes(parts.Interfaces);
        VisitEachDirective(parts.Directives, parts.Location);
        foreach (var field in parts.Fields)
        {
            CheckUniqueDirectives(field.Directives);
            VisitInputs(field.Arguments, "ARGUMENT_DEFINITION");
            VisitTypeReference(field.Type);
            VisitEachDirective(field.Directives, "FIELD_DEFINITION");
        }
        VisitInputs(parts.Inputs, "INPUT_FIELD_DEFINITION");
        VisitTypes(parts.Members);
        foreach (var value in parts.Values)
        {
            VisitDirectives(value.Directives, "ENUM_VALUE");
        }
    }

    private void VisitInputs(ImmutableArray<InputValueDefinitionNode> inputs, string location)
    {
        foreach (var input in inputs)
        {
            CheckUniqueDirectives(input.Directives);
            VisitTypeReference(input.Type);
            VisitValue(input.DefaultValue);
            VisitEachDirective(input.Directives, location);
        }
    }

    private void VisitTypes(IEnumerable<NamedTypeNode> types)
    {
        foreach (var type in types)
        {
            CheckTypeIsKnown(type, isTypeSystem: true);
        }
    }

    private void VisitTypeReference(TypeNode type, bool isTypeSystem = true)
    {
        while (type is not NamedTypeNode)
        {
            type = type is ListTypeNode list ? list.Item : ((NonNullTypeNode)type).Inner;
        }
        CheckTypeIsKnown((NamedTypeNode)type, isTypeSystem);
    }

    private void VisitDirectives(
        ImmutableArray<DirectiveNode> directives, string location, Dictionary<string, DirectiveNode>? seen = null)
    {
        CheckUniqueDirectives(directives, seen);
        VisitEachDirective(directives, location);
    }

    private void VisitEachDirective(ImmutableArray<DirectiveNode> directives, string location)
    {
        foreach (var directive in directives)
        {
            CheckDirectiveIsKnown(directive, location);
            CheckArgumentsAreKnown(directive);
            CheckArgumentsAreUnique(directive.Arguments);
            foreach (var argument in directive.Arguments)
            {
                VisitValue(argument.Value);
            }
            CheckRequiredArguments(directive);
        }
    }

    private void Tell(string message, params ReadOnlySpan<Location> locations) =>
        _errors.Add(new SchemaError(message, [.. locations]));
}
