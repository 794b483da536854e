using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// Whether default values are values of their types, and none needs itself. The reference implementation asks this from
/// its version 17 on, therefore these rules stand apart. Specification, sections 3.6.1 and 3.10,
/// <c>InputObjectDefaultValueHasCycle()</c>.
/// </summary>
public static class DefaultValueRules
{
    /// <summary>All default values that are none, in the order of the schema.</summary>
    /// <param name="schema">From <see cref="SchemaBuilder.BuildUnvalidated"/>.</param>
    public static ImmutableArray<SchemaError> Validate(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return [.. Inputs(schema).Where(item => !IsRight(item.Input)).Select(Tell)];
    }

    private static bool IsRight(InputElement input) =>
        input.Node.DefaultValue is not { } value || (input.HasDefault && KnowsFields(value, input.Type));

    // Coercion overlooks fields that the type does not have.
    private static bool KnowsFields(ValueNode value, GraphType type) => (value, type.Nullable) switch
    {
        (ListValueNode list, ListType t) => list.Items.All(item => KnowsFields(item, t.Item)),
        (_, ListType t) => KnowsFields(value, t.Item),
        (ObjectValueNode map, InputObjectType t) => map.Fields.All(
            field => t.FindField(field.Name.Value) is { } known && KnowsFields(field.Value, known.Type)),
        _ => true,
    };

    private static SchemaError Tell((string Coordinate, InputElement Input) item)
    {
        var value = item.Input.Node.DefaultValue!;
        return new SchemaError(
            $"{item.Coordinate} has invalid default value: {Printer.Print(value)} is no {item.Input.Type}, or needs itself.",
            [value.Location]);
    }

    private static IEnumerable<(string Coordinate, InputElement Input)> Inputs(Schema schema)
    {
        foreach (var directive in schema.Directives)
        {
            foreach (var argument in directive.Arguments)
            {
                yield return ($"@{directive.Name}({argument.Name}:)", argument);
            }
        }
        foreach (var type in schema.Types)
        {
            foreach (var field in (type as FieldedType)?.Fields ?? [])
            {
                foreach (var argument in field.Arguments)
                {
                    yield return ($"{type}.{field.Name}({argument.Name}:)", argument);
                }
            }
            foreach (var field in (type as InputObjectType)?.Fields ?? [])
            {
                yield return ($"{type}.{field.Name}", field);
            }
        }
    }
}
