using System.Text;

namespace Portal.GraphQL.Types;

/// <summary>
/// Writes schemas as text, in the layout of the reference implementation's <c>printSchema</c>: definitions without
/// extensions, without what every schema has, and of directives <c>@deprecated</c>, <c>@specifiedBy</c> and <c>@oneOf</c>
/// alone. Specification, section 3.
/// </summary>
public static class SchemaPrinter
{
    /// <summary>The schema as definitions, from which <see cref="Schema.FromSdl"/> makes the same schema again.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="sorted">
    /// Everything in the order of its name, as <c>lexicographicSortSchema</c> has it: the text does not change with the order
    /// of the definitions.
    /// </param>
    public static string Print(Schema schema, bool sorted = false)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return Print(
            schema,
            sorted,
            schema.Directives.Where(directive => !Introspection.IsBuiltInDirective(directive.Name)),
            schema.Types.Where(type => !type.IsIntrospection && type is not ScalarType { IsBuiltIn: true }));
    }

    /// <summary>What every schema has: the built-in directives and the types of introspection.</summary>
    /// <param name="schema">Any schema.</param>
    public static string PrintIntrospection(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return Print(
            schema,
            sorted: false,
            schema.Directives.Where(directive => Introspection.IsBuiltInDirective(directive.Name)),
            schema.Types.Where(type => type.IsIntrospection));
    }

    /// <summary>A single type as its definition.</summary>
    /// <param name="type">The type.</param>
    /// <param name="sorted">Its members in the order of their names.</param>
    public static string Print(NamedType type, bool sorted = false)
    {
        ArgumentNullException.ThrowIfNull(type);
        var text = new StringBuilder();
        new SchemaWriter(text, sorted).Write(type);
        return text.ToString();
    }

    private static string Print(
        Schema schema, bool sorted, IEnumerable<DirectiveDefinition> directives, IEnumerable<NamedType> types)
    {
        var text = new StringBuilder();
        var writer = new SchemaWriter(text, sorted);
        writer.WriteRoots(schema);
        foreach (var directive in writer.InOrder(directives, directive => directive.Name))
        {
            text.Append(text.Length == 0 ? "" : "\n\n");
            writer.Write(directive);
        }
        foreach (var type in writer.InOrder(types, type => type.Name))
        {
            text.Append(text.Length == 0 ? "" : "\n\n");
            writer.Write(type);
        }
        return text.ToString();
    }
}
