namespace Portal.GraphQL.CodeFirst;

/// <summary>The public static methods of the class are fields of the query type. Specification, section 3.3.1.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class QueryTypeAttribute : Attribute;

/// <summary>
/// The public static methods of the class are fields of the mutation type, each with one input and a payload; see
/// <see cref="ErrorAttribute{T}"/>. Specification, section 3.3.1.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationTypeAttribute : Attribute;

/// <summary>
/// The public static methods of the class are fields of the subscription type; each returns the stream of its events.
/// Specification, section 3.3.1.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>The class is an object; its public properties are fields. Specification, section 3.6.</summary>
/// <param name="name">Its name in the schema; null for the class's own.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class ObjectTypeAttribute(string? name = null) : Attribute
{
    /// <summary>Its name in the schema; null for the class's own.</summary>
    public string? Name { get; } = name;
}

/// <summary>
/// The public static methods of the class are fields of the object that another class is, beside that class's public
/// properties. Several classes may add to one object. Specification, section 3.6.
/// </summary>
/// <typeparam name="T">The class whose instances are the objects; an interface adds to all that implement it.</typeparam>
/// <param name="name">Its name in the schema; null for what is said elsewhere, or the class's own.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ObjectTypeAttribute<T>(string? name = null) : Attribute, IExtendsType
{
    /// <summary>Its name in the schema; null for what is said elsewhere, or the class's own.</summary>
    public string? Name { get; } = name;

    Type IExtendsType.Class => typeof(T);
}

/// <summary>
/// The interface or abstract class is an interface of the schema, and what implements it implements it there. Section 3.7.
/// </summary>
/// <param name="name">Its name in the schema; null for its own without a leading <c>I</c>.</param>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class InterfaceTypeAttribute(string? name = null) : Attribute
{
    /// <summary>Its name in the schema.</summary>
    public string? Name { get; } = name;
}

/// <summary>The interface or abstract class is a union of all that implement it. Section 3.8.</summary>
/// <param name="name">Its name in the schema; null for its own without a leading <c>I</c>.</param>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class UnionTypeAttribute(string? name = null) : Attribute
{
    /// <summary>Its name in the schema.</summary>
    public string? Name { get; } = name;
}

/// <summary>Of the input object exactly one field is given, and not as null. Specification, section 3.10.1.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OneOfAttribute : Attribute;

/// <summary>
/// The object can be fetched by its global id: it implements <c>Node</c>, and its property <c>Id</c> is answered as a global
/// id. The class that carries it has a method with <see cref="NodeResolverAttribute"/>. Relay's object identification.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NodeAttribute : Attribute;

// Says of which class the methods are.
internal interface IExtendsType
{
    string? Name { get; }

    Type Class { get; }
}
