using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>How the values of a type are completed, looked up once. Specification, section 6.4.3.</summary>
internal sealed class ValueShape
{
    public ValueShape(GraphType type)
    {
        (Type, IsNonNull) = (type, type.IsNonNull);
        switch (type.Nullable)
        {
            case ListType list:
                (Kind, Item) = (TypeKind.List, new ValueShape(list.Item));
                break;
            case ScalarType scalar:
                (Kind, Codec) = (TypeKind.Scalar, scalar.Codec);
                break;
            case EnumType leaf:
                (Kind, Enum) = (TypeKind.Enum, leaf);
                break;
            case ObjectType single:
                (Kind, Object) = (TypeKind.Object, single);
                break;
            case NamedType named:
                (Kind, Abstract) = (TypeKind.Interface, named);
                break;
        }
    }

    public GraphType Type { get; }

    // Interface stands for unions too.
    public TypeKind Kind { get; }

    public bool IsNonNull { get; }

    public bool IsLeaf => Kind is TypeKind.Scalar or TypeKind.Enum;

    public ValueShape? Item { get; }

    public ScalarCodec? Codec { get; }

    public EnumType? Enum { get; }

    public ObjectType? Object { get; }

    public NamedType? Abstract { get; }
}
