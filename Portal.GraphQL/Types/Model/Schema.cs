using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// A whole schema: it never changes, and any number of requests may use it. Made by <see cref="SchemaBuilder"/>.
/// Specification, section 3.3.
/// </summary>
public sealed partial class Schema
{
    private readonly FrozenDictionary<string, NamedType> _types;
    private readonly FrozenDictionary<string, DirectiveDefinition> _directives;
    private readonly FrozenDictionary<Type, ObjectType> _byClrType;
    private readonly ImmutableArray<NamedType?> _roots;

    internal Schema(SchemaParts parts)
    {
        (Description, Node, Extensions) = (parts.Definition?.Description?.Value, parts.Definition, parts.Extensions);
        AppliedDirectives = [.. Node?.Directives ?? [], .. Extensions.SelectMany(extension => extension.Directives)];
        Annotations = parts.Notes?.Frozen ?? FrozenDictionary<string, object?>.Empty;
        _roots = parts.Roots;
        Directives = parts.Directives;
        Types = parts.CollectTypes();
        _types = Types.ToFrozenDictionary(type => type.Name);
        _directives = Directives.ToFrozenDictionary(directive => directive.Name);
        ObjectCount = parts.NumberObjects(Types);
        parts.FindPossibleTypes(Types);
        _byClrType = Types.OfType<ObjectType>().Where(type => type.ClrType is not null)
            .ToFrozenDictionary(type => type.ClrType!);
    }

    /// <summary>What its author says of it. Section 3.3.1.</summary>
    public string? Description { get; }

    /// <summary>Its definition, if there is one. Section 3.3.</summary>
    public SchemaDefinitionNode? Node { get; }

    /// <summary>Its extensions, in their order. Section 3.3.2.</summary>
    public ImmutableArray<SchemaExtensionNode> Extensions { get; }

    /// <summary>The directives at its definition and at its extensions.</summary>
    public ImmutableArray<DirectiveNode> AppliedDirectives { get; }

    /// <summary>What the layers above know of it, by their own keys.</summary>
    public IReadOnlyDictionary<string, object?> Annotations { get; }

    /// <summary>Where queries begin; there in every schema that was validated.</summary>
    public ObjectType? Query => _roots[(int)OperationKind.Query] as ObjectType;

    /// <summary>Where mutations begin, if there are any.</summary>
    public ObjectType? Mutation => _roots[(int)OperationKind.Mutation] as ObjectType;

    /// <summary>Where subscriptions begin, if there are any.</summary>
    public ObjectType? Subscription => _roots[(int)OperationKind.Subscription] as ObjectType;

    /// <summary>All named types, those of introspection and the built-in scalars that are used among them.</summary>
    public ImmutableArray<NamedType> Types { get; }

    /// <summary>All directives: those defined, then the built-in ones.</summary>
    public ImmutableArray<DirectiveDefinition> Directives { get; }

    /// <summary>How many objects there are: <see cref="ObjectType.Index"/> is always less.</summary>
    public int ObjectCount { get; }

    /// <summary>Reads definitions that ought to be right.</summary>
    /// <param name="sdl">Definitions and extensions.</param>
    /// <exception cref="SyntaxException">The text is no document.</exception>
    /// <exception cref="SchemaException">The definitions make no schema.</exception>
    public static Schema FromSdl(SourceText sdl) => new SchemaBuilder().Add(sdl).Build();

    /// <summary>The type of that name, or null.</summary>
    /// <param name="name">The type's name.</param>
    public NamedType? FindType(string name) => _types.GetValueOrDefault(name);

    /// <summary>The directive of that name, or null.</summary>
    /// <param name="name">Without <c>@</c>.</param>
    public DirectiveDefinition? FindDirective(string name) => _directives.GetValueOrDefault(name);

    /// <summary>Where operations of a kind begin; null if the schema has none of that kind.</summary>
    /// <param name="kind">The kind.</param>
    public ObjectType? RootOf(OperationKind kind) => _roots[(int)kind] as ObjectType;

    /// <summary>
    /// The field that a selection in a type means, the meta fields among them; null if there is none. Sections 4.1 and 4.2.
    /// </summary>
    /// <param name="parent">An object, an interface or a union.</param>
    /// <param name="name">The field's name.</param>
    public FieldDefinition? FindField(NamedType parent, string name)
    {
        ArgumentNullException.ThrowIfNull(parent);
        if ((parent as FieldedType)?.FindField(name) is { } field)
        {
            return field;
        }
        if (name == Introspection.TypeName.Name)
        {
            return parent.IsComposite ? Introspection.TypeName : null;
        }
        if (parent != Query)
        {
            return null;
        }
        return name == Introspection.SchemaField.Name ? Introspection.SchemaField
            : name == Introspection.TypeField.Name ? Introspection.TypeField
            : null;
    }

    /// <summary>The type that a reference in a document means; null if its name is unknown.</summary>
    /// <param name="node">The reference.</param>
    public GraphType? FindType(TypeNode node) => node switch
    {
        ListTypeNode list => FindType(list.Item)?.List,
        NonNullTypeNode nonNull => FindType(nonNull.Inner)?.NonNull,
        NamedTypeNode named => FindType(named.Name.Value),
        _ => throw new ArgumentNullException(nameof(node)),
    };

    // Of any kind, as written: for validation.
    internal NamedType? DeclaredRoot(OperationKind kind) => _roots[(int)kind];
}
