using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// How a schema describes itself: types, meta fields and built-in directives, the same objects in every schema. Their
/// definitions are in <c>introspection.graphql</c>. Specification, sections 3.13 and 4.2.
/// </summary>
public static class Introspection
{
    static Introspection()
    {
        using var file = typeof(Introspection).Assembly.GetManifestResourceStream("introspection.graphql")!;
        using var reader = new StreamReader(file);
        var document = Parser.Parse(reader.ReadToEnd(), ParseOptions.Unlimited);
        var scalars = BuiltInScalars.All.ToFrozenDictionary(type => type.Name, NamedType (type) => type);
        var assembly = new TypeAssembly(document.Definitions, IntrospectionResolvers.Make(), scalars, isIntrospection: true);
        assembly.Complete();
        var meta = (ObjectType)assembly.Types[^1];
        Types = assembly.Types[..^1];
        Standard = BuiltInScalars.All.Concat(Types).ToFrozenDictionary(type => type.Name);
        Directives = assembly.Directives;
        SchemaField = Detached(meta.FindField("__schema")!);
        TypeField = Detached(meta.FindField("__type")!);
        TypeName = Detached(meta.FindField("__typename")!);
        var index = 0;
        foreach (var type in Types.OfType<ObjectType>())
        {
            type.Index = index++;
        }
    }

    /// <summary>The types whose names begin with <c>__</c>; <c>__Schema</c> is the first. Section 4.2.</summary>
    public static ImmutableArray<NamedType> Types { get; }

    /// <summary><c>@include</c>, <c>@skip</c>, <c>@deprecated</c>, <c>@specifiedBy</c>, <c>@oneOf</c>. Section 3.13.</summary>
    public static ImmutableArray<DirectiveDefinition> Directives { get; }

    /// <summary><c>__schema</c>, a field of the query type alone. Section 4.2.</summary>
    public static FieldDefinition SchemaField { get; }

    /// <summary><c>__type</c>, a field of the query type alone. Section 4.2.</summary>
    public static FieldDefinition TypeField { get; }

    /// <summary><c>__typename</c>, a field of every object, interface and union. Section 4.1.</summary>
    public static FieldDefinition TypeName { get; }

    /// <summary><c>@skip</c>. Section 3.13.1.</summary>
    public static DirectiveDefinition Skip => Directive("skip");

    /// <summary><c>@include</c>. Section 3.13.2.</summary>
    public static DirectiveDefinition Include => Directive("include");

    // The types that no schema defines anew, by name.
    internal static FrozenDictionary<string, NamedType> Standard { get; }

    /// <summary>Whether a directive of that name is built in.</summary>
    /// <param name="name">Without <c>@</c>.</param>
    public static bool IsBuiltInDirective(string name) => Directives.Any(directive => directive.Name == name);

    private static DirectiveDefinition Directive(string name) => Directives.First(directive => directive.Name == name);

    // The same field, belonging to no type.
    private static FieldDefinition Detached(FieldDefinition field) =>
        new(
        field.Name, field.Description, field.Type, field.Arguments, null, null,
        new ElementNotes { Resolver = field.Resolver is { } resolver ? new(resolver) : null });
}
