using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>A field of an object or an interface. Specification, section 3.6.</summary>
public sealed class FieldDefinition : SchemaElement
{
    private readonly FrozenDictionary<string, ArgumentDefinition>? _byName;
    private readonly Lazy<LeafWriter>? _write;
    private readonly Lazy<Func<object?, object?>>? _read;
    private readonly Lazy<FieldResolver>? _resolver;

    internal FieldDefinition(
        string name,
        string? description,
        GraphType type,
        ImmutableArray<ArgumentDefinition> arguments,
        string? deprecationReason = null,
        FieldDefinitionNode? node = null,
        ElementNotes? notes = null)
        : base(name, description, node?.Directives ?? [], notes)
    {
        (Type, Arguments, DeprecationReason, Node) = (type, arguments, deprecationReason, node);
        (_write, _read, _resolver, Source) = (notes?.Write, notes?.Read, notes?.Resolver, notes?.Source);
        _byName = arguments.IsEmpty ? null : ArgumentDefinition.Number(arguments);
        JsonKey = Quoted(name, ":");
    }

    /// <summary>The object or interface that it belongs to; null for <c>__typename</c>, which belongs to all.</summary>
    public FieldedType? DeclaringType { get; private set; }

    /// <summary>Its place in <see cref="FieldedType.Fields"/>; -1 for meta fields.</summary>
    public int Index { get; private set; } = -1;

    /// <summary>What it gives.</summary>
    public GraphType Type { get; }

    /// <summary>In the order of their definitions; <see cref="InputElement.Index"/> is the place here.</summary>
    public ImmutableArray<ArgumentDefinition> Arguments { get; }

    /// <summary>Why it should not be used any more; null when it may be. Section 3.13.3.</summary>
    public string? DeprecationReason { get; }

    /// <summary>Where it is defined.</summary>
    public FieldDefinitionNode? Node { get; }

    /// <summary>Writes a leaf of the parent straight into the answer. Asked before everything else.</summary>
    public LeafWriter? Write => _write?.Value;

    /// <summary>
    /// Reads the value off the parent at once: no arguments, nothing awaited, nothing else looked at. Asked before
    /// <see cref="Resolver"/>.
    /// </summary>
    public Func<object?, object?>? Read => _read?.Value;

    /// <summary>Gives the value. Without it and without <see cref="Read"/> the executor looks into the parent by name.</summary>
    public FieldResolver? Resolver => _resolver?.Value;

    /// <summary>The events of a field of the subscription type. Section 6.2.3.1, <c>CreateSourceEventStream()</c>.</summary>
    public SubscriptionSource? Source { get; }

    /// <summary>The name in UTF-8, between quotation marks and with a colon: the key of an answer without alias.</summary>
    public ReadOnlyMemory<byte> JsonKey { get; }

    /// <summary>The argument of that name, or null.</summary>
    /// <param name="name">The argument's name.</param>
    public ArgumentDefinition? FindArgument(string name) => _byName?.GetValueOrDefault(name);

    internal void Attach(FieldedType parent, int index) => (DeclaringType, Index) = (parent, index);
}
