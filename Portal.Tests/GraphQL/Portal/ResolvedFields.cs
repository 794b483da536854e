using System.Text.Json;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>Collects which fields of a schema's objects answers hold.</summary>
public sealed class ResolvedFields(Schema schema)
{
    private readonly HashSet<string> seen = [];

    /// <summary>Fields of objects that no answer held, each <c>Type.field</c>.</summary>
    public IReadOnlyList<string> Missing => [.. schema.Types.OfType<ObjectType>()
        .Where(type => !type.Name.StartsWith("__", StringComparison.Ordinal))
        .SelectMany(type => type.Fields.Select(one => $"{type.Name}.{one.Name}")).Except(seen)];

    /// <summary>Takes an answer. Where an object may be of several types, the document asks for <c>__typename</c>.</summary>
    public void Add(DocumentNode document, JsonElement data)
    {
        var operation = document.Definitions.OfType<OperationDefinitionNode>().Single();
        var fragments = document.Definitions.OfType<FragmentDefinitionNode>().ToDictionary(fragment => fragment.Name.Value);
        Walk(operation.SelectionSet, schema.RootOf(operation.Operation)!, data, fragments);
    }

    private void Walk(SelectionSetNode selections, NamedType type, JsonElement value,
        Dictionary<string, FragmentDefinitionNode> fragments)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Walk(selections, type, item, fragments);
        if (value.ValueKind != JsonValueKind.Object) return;
        if (type is not ObjectType)
        {
            if (!value.TryGetProperty("__typename", out var name)) return;
            type = schema.FindType(name.GetString()!)!;
        }
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case FieldNode field when field.Name.Value != "__typename":
                    seen.Add($"{type.Name}.{field.Name.Value}");
                    if (field.SelectionSet is { } below)
                        Walk(below, schema.FindField(type, field.Name.Value)!.Type.Named,
                            value.GetProperty((field.Alias ?? field.Name).Value), fragments);
                    break;
                case FragmentSpreadNode spread:
                    Walk(fragments[spread.Name.Value].SelectionSet, type, value, fragments);
                    break;
            }
        }
    }
}
