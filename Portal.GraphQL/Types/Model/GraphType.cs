namespace Portal.GraphQL.Types;

/// <summary>
/// Any type: a named one, a list, or a type without null. There is one object for each, so types are compared by
/// reference: <c>type.List</c> is always the same list. Specification, section 3.4.
/// </summary>
public abstract class GraphType
{
    private ListType? _list;
    private NonNullType? _nonNull;

    private protected GraphType()
    {
    }

    /// <summary>What kind of type it is.</summary>
    public abstract TypeKind Kind { get; }

    /// <summary>The named type at the bottom of all lists and non-nulls.</summary>
    public abstract NamedType Named { get; }

    /// <summary>The same type with null allowed: what a non-null wraps, or else the type itself.</summary>
    public virtual GraphType Nullable => this;

    /// <summary>Whether null is no value of it.</summary>
    public bool IsNonNull => Kind == TypeKind.NonNull;

    /// <summary>Whether arguments and input fields may have it: <c>IsInputType()</c>, section 3.4.2.</summary>
    public bool IsInput => Named.Kind is TypeKind.Scalar or TypeKind.Enum or TypeKind.InputObject;

    /// <summary>Whether fields may have it: <c>IsOutputType()</c>, section 3.4.2.</summary>
    public bool IsOutput => Named.Kind != TypeKind.InputObject;

    /// <summary>Whether it is a scalar or an enum, wrapped in nothing.</summary>
    public bool IsLeaf => Kind is TypeKind.Scalar or TypeKind.Enum;

    /// <summary>Whether it is an object, an interface or a union, wrapped in nothing.</summary>
    public bool IsComposite => Kind is TypeKind.Object or TypeKind.Interface or TypeKind.Union;

    /// <summary>Whether it is an interface or a union, wrapped in nothing.</summary>
    public bool IsAbstract => Kind is TypeKind.Interface or TypeKind.Union;

    /// <summary>The list of this type. Section 3.11.</summary>
    public ListType List => _list ?? Interlocked.CompareExchange(ref _list, new ListType(this), null) ?? _list;

    /// <summary>This type without null. Section 3.12.</summary>
    /// <exception cref="InvalidOperationException">The type has no null already.</exception>
    public NonNullType NonNull => IsNonNull
        ? throw new InvalidOperationException($"{this} has no null already.")
        : _nonNull ?? Interlocked.CompareExchange(ref _nonNull, new NonNullType(this), null) ?? _nonNull;
}

/// <summary>The kinds of types. Specification, section 4.2.2, <c>__TypeKind</c>.</summary>
public enum TypeKind
{
    /// <summary>A scalar.</summary>
    Scalar,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An interface.</summary>
    Interface,

    /// <summary>A union.</summary>
    Union,

    /// <summary>An enum.</summary>
    Enum,

    /// <summary>An input object.</summary>
    InputObject,

    /// <summary>A list.</summary>
    List,

    /// <summary>A type without null.</summary>
    NonNull,
}

/// <summary>A list. Taken from <see cref="GraphType.List"/> of its items' type. Specification, section 3.11.</summary>
public sealed class ListType : GraphType
{
    internal ListType(GraphType item) => Item = item;

    /// <summary>The type of the items.</summary>
    public GraphType Item { get; }

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.List;

    /// <inheritdoc/>
    public override NamedType Named => Item.Named;

    /// <summary>As written in a document.</summary>
    public override string ToString() => $"[{Item}]";
}

/// <summary>A type without null. Taken from <see cref="GraphType.NonNull"/>. Specification, section 3.12.</summary>
public sealed class NonNullType : GraphType
{
    internal NonNullType(GraphType inner) => Inner = inner;

    /// <summary>The same type with null: a named type or a list.</summary>
    public GraphType Inner { get; }

    /// <inheritdoc/>
    public override TypeKind Kind => TypeKind.NonNull;

    /// <inheritdoc/>
    public override NamedType Named => Inner.Named;

    /// <inheritdoc/>
    public override GraphType Nullable => Inner;

    /// <summary>As written in a document.</summary>
    public override string ToString() => $"{Inner}!";
}
