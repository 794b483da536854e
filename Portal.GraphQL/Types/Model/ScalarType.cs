using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>A scalar. What its values are is for its <see cref="Codec"/> to say. Specification, section 3.5.</summary>
public sealed class ScalarType : NamedType
{
    internal ScalarType(
        string name,
        string? description,
        ScalarCodec codec,
        string? specifiedByUrl = null,
        ScalarTypeDefinitionNode? node = null,
        ImmutableArray<TypeExtensionNode>? extensions = null,
        ElementNotes? notes = null)
        : base(name, description, node, extensions ?? [], notes) => (Codec, SpecifiedByUrl) = (codec, specifiedByUrl);

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.Scalar;

    /// <summary>How its values are read and written.</summary>
    public ScalarCodec Codec { get; }

    /// <summary>Where its values are described: <c>@specifiedBy</c>, section 3.13.4.</summary>
    public string? SpecifiedByUrl { get; }

    /// <summary>Whether it is one of the five that every schema has. Section 3.5.</summary>
    public bool IsBuiltIn { get; internal init; }
}
