namespace Portal.GraphQL.Types;

/// <content>Which type stands in the place of which.</content>
public sealed partial class Schema
{
    /// <summary>What a value of a type may be; an object is only itself. Section 5.5.2.3, <c>GetPossibleTypes()</c>.</summary>
    /// <param name="type">An object, an interface or a union.</param>
    public static PossibleTypes PossibleTypesOf(NamedType type) => type switch
    {
        InterfaceType t => t.Possible,
        UnionType t => t.Possible,
        ObjectType t => new PossibleTypes([t], []),
        _ => PossibleTypes.None,
    };

    /// <summary>Whether a type is a member of a union or implements an interface. Section 3.6.1.</summary>
    /// <param name="wide">An interface or a union; for anything else the answer is no.</param>
    /// <param name="narrow">An object or an interface.</param>
    public static bool IsPossible(NamedType wide, NamedType narrow)
    {
        var possible = wide switch
        {
            InterfaceType t => t.Possible,
            UnionType t => t.Possible,
            _ => PossibleTypes.None,
        };
        return narrow switch
        {
            ObjectType t => possible.Contains(t),
            InterfaceType t => possible.Interfaces.Contains(t),
            _ => false,
        };
    }

    /// <summary>
    /// Whether every value of one type is a value of the other: <c>IsSubType()</c>, with <c>IsValidImplementationFieldType()</c>
    /// for lists and non-nulls. Section 3.6.1.
    /// </summary>
    /// <param name="narrow">The one.</param>
    /// <param name="wide">The other.</param>
    public static bool IsSubtype(GraphType narrow, GraphType wide)
    {
        ArgumentNullException.ThrowIfNull(narrow);
        ArgumentNullException.ThrowIfNull(wide);
        return narrow == wide || (narrow, wide) switch
        {
            (NonNullType n, NonNullType w) => IsSubtype(n.Inner, w.Inner),
            (NonNullType n, _) => IsSubtype(n.Inner, wide),
            (ListType n, ListType w) => IsSubtype(n.Item, w.Item),
            (NamedType n, NamedType w) => IsPossible(w, n),
            _ => false,
        };
    }

    /// <summary>Whether some object is a value of both. Section 5.5.2.3.</summary>
    /// <param name="one">An object, an interface or a union.</param>
    /// <param name="other">An object, an interface or a union.</param>
    public static bool Overlap(NamedType one, NamedType other) =>
        one == other || PossibleTypesOf(one).Overlaps(PossibleTypesOf(other));

    /// <summary>
    /// The object that a value of an abstract type is: what the type's resolver says, or else what the value's class says
    /// (<see cref="ObjectType.ClrType"/>, base classes after). Null if neither does. Section 6.4.3, <c>ResolveAbstractType()</c>.
    /// </summary>
    /// <param name="type">An interface or a union.</param>
    /// <param name="value">What the field's resolver gave.</param>
    public ObjectType? TypeOf(NamedType type, object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var resolver = type is InterfaceType i ? i.TypeResolver : (type as UnionType)?.TypeResolver;
        return resolver is null ? TypeOf(value) : resolver(value, this);
    }

    /// <summary>The object whose <see cref="ObjectType.ClrType"/> a value's class is, or a base of it.</summary>
    /// <param name="value">A value.</param>
    public ObjectType? TypeOf(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        for (var type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (_byClrType.TryGetValue(type, out var found))
            {
                return found;
            }
        }
        return null;
    }
}
