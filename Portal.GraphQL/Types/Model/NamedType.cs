using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>A type with a name. Specification, section 3.4.</summary>
public abstract class NamedType : GraphType
{
    private readonly Header _header;

    private protected NamedType(
        string name,
        string? description,
        TypeDefinitionNode? node,
        ImmutableArray<TypeExtensionNode> extensions,
        ElementNotes? notes)
    {
        var directives = (node?.Directives ?? []).AddRange(extensions.SelectMany(extension => extension.Directives));
        _header = new Header(name, description, directives, notes);
        (Node, Extensions) = (node, extensions);
    }

    /// <summary>Its name. Section 2.1.9.</summary>
    public string Name => _header.Name;

    /// <summary>What its author says of it, if anything. Section 3.1.</summary>
    public string? Description => _header.Description;

    /// <summary>The directives at its definition and at its extensions, in their order. Section 3.13.</summary>
    public ImmutableArray<DirectiveNode> AppliedDirectives => _header.AppliedDirectives;

    /// <summary>What the layers above know of it, by their own keys.</summary>
    public IReadOnlyDictionary<string, object?> Annotations => _header.Annotations;

    /// <summary>Where it is defined; null for the built-in scalars.</summary>
    public TypeDefinitionNode? Node { get; }

    /// <summary>Where it is extended, in their order. Section 3.4.3.</summary>
    public ImmutableArray<TypeExtensionNode> Extensions { get; }

    /// <summary>The name in UTF-8 and between quotation marks, as <c>__typename</c> is answered.</summary>
    public ReadOnlyMemory<byte> JsonName => _header.JsonName;

    /// <summary>Whether it describes schemas and stands in each. Section 4.2.</summary>
    public bool IsIntrospection { get; internal init; }

    /// <inheritdoc/>
    public override NamedType Named => this;

    /// <summary>An annotation, or null when there is none of that key and type.</summary>
    /// <typeparam name="T">What the layer above put there.</typeparam>
    /// <param name="key">The layer's own key.</param>
    public T? Annotation<T>(string key)
        where T : class => _header.Annotation<T>(key);

    /// <summary>The first directive of that name that stands at the type, or null.</summary>
    /// <param name="name">Without <c>@</c>.</param>
    public DirectiveNode? FindDirective(string name) => _header.FindDirective(name);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private sealed class Header(
        string name, string? description, ImmutableArray<DirectiveNode> directives, ElementNotes? notes)
        : SchemaElement(name, description, directives, notes)
    {
        public byte[] JsonName { get; } = Quoted(name);
    }
}

/// <summary>An object or an interface: what has fields and may implement interfaces. Specification, section 3.6.</summary>
public abstract class FieldedType : NamedType
{
    private FrozenDictionary<string, FieldDefinition> _byName = FrozenDictionary<string, FieldDefinition>.Empty;

    private protected FieldedType(
        string name,
        string? description,
        TypeDefinitionNode? node,
        ImmutableArray<TypeExtensionNode> extensions,
        ElementNotes? notes)
        : base(name, description, node, extensions, notes)
    {
    }

    /// <summary>In the order of their definitions; <see cref="FieldDefinition.Index"/> is the place here.</summary>
    public ImmutableArray<FieldDefinition> Fields { get; private set; } = [];

    /// <summary>
    /// The interfaces that it says it implements, in their order. In a schema that was not validated there may be types
    /// of other kinds among them.
    /// </summary>
    public ImmutableArray<NamedType> Interfaces { get; private set; } = [];

    /// <summary>The field of that name, or null. The meta fields are in <see cref="Introspection"/>.</summary>
    /// <param name="name">The field's name.</param>
    public FieldDefinition? FindField(string name) => _byName.GetValueOrDefault(name);

    internal void Complete(ImmutableArray<FieldDefinition> fields, ImmutableArray<NamedType> interfaces)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i].Attach(this, i);
        }
        (Fields, Interfaces) = (fields, interfaces);
        _byName = fields.ToFrozenDictionary(field => field.Name);
    }
}
