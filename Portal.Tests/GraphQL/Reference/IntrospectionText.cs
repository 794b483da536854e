using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Reference;

/// <summary>
/// The result of the query for everything that a schema says of itself, read off the model field by field, without an
/// executor: whether it is what the reference says does not depend on one.
/// </summary>
public static class IntrospectionText
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The query for all of it.</summary>
    public const string Query = """
        {
          __schema {
            description queryType { name } mutationType { name } subscriptionType { name }
            types { ...Whole }
            directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
          }
        }
        fragment Whole on __Type {
          kind name description specifiedByURL isOneOf
          fields(includeDeprecated: true) {
            name description args(includeDeprecated: true) { ...Input } type { ...Reference } isDeprecated deprecationReason
          }
          inputFields(includeDeprecated: true) { ...Input }
          interfaces { ...Reference }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...Reference }
        }
        fragment Input on __InputValue { name description type { ...Reference } defaultValue isDeprecated deprecationReason }
        fragment Reference on __Type {
          kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
            kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } } }
        }
        """;

    private static readonly DocumentNode Document = Parser.Parse(Query);

    /// <summary>The result as JSON.</summary>
    public static string Of(Schema schema)
    {
        var operation = Document.Definitions.OfType<OperationDefinitionNode>().Single();
        var root = (FieldNode)operation.SelectionSet.Selections[0];
        var result = Select(schema, Introspection.SchemaField.Type, schema, root.SelectionSet!);
        return JsonSerializer.Serialize(new Dictionary<string, object?> { ["__schema"] = result }, Json);
    }

    private static Dictionary<string, object?> Select(Schema schema, GraphType type, object parent, SelectionSetNode set)
    {
        var result = new Dictionary<string, object?>();
        foreach (var field in set.Selections.SelectMany(Fields))
        {
            var definition = ((ObjectType)type.Named).FindField(field.Name.Value)!;
            var value = Read(schema, type, definition, parent);
            result[field.Name.Value] = Complete(schema, definition.Type, value, field.SelectionSet);
        }
        return result;
    }

    private static object? Read(Schema schema, GraphType type, FieldDefinition field, object parent)
    {
        if (field.Read is { } read)
        {
            return read(parent);
        }
        var context = new ResolverContext(
            parent, (ObjectType)type.Named, field, new ArgumentValues([true]), schema, null, CancellationToken.None);
        var value = field.Resolver!(context);
        Assert.True(value.IsCompleted);
        return value.GetAwaiter().GetResult();
    }

    private static object? Complete(Schema schema, GraphType type, object? value, SelectionSetNode? set) => type.Nullable switch
    {
        _ when value is null => null,
        ListType list => ((IEnumerable)value).Cast<object?>().Select(item => Complete(schema, list.Item, item, set)).ToList(),
        EnumType e => e.Serialize(value).Name,
        ScalarType => value,
        _ => Select(schema, type, value, set!),
    };

    private static IEnumerable<FieldNode> Fields(SelectionNode selection) => selection switch
    {
        FieldNode field => [field],
        FragmentSpreadNode spread => Document.Definitions.OfType<FragmentDefinitionNode>()
            .Single(fragment => fragment.Name.Value == spread.Name.Value).SelectionSet.Selections.SelectMany(Fields),
        _ => throw new InvalidOperationException("No inline fragments here."),
    };
}
