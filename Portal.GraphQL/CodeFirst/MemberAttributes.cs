using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>Another name in the schema than the one that follows from C#.</summary>
/// <param name="name">The name in the schema.</param>
[AttributeUsage(AttributeTargets.All)]
public sealed class NameAttribute(string name) : Attribute
{
    /// <summary>The name in the schema.</summary>
    public string Name { get; } = name;
}

/// <summary>Not in the schema.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Field | AttributeTargets.Class)]
public sealed class IgnoreAttribute : Attribute;

/// <summary>The parameter is the object whose field it is.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;

/// <summary>The parameter is a service of the request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;

/// <summary>The parameter is who asks: <see cref="RequestContext.Caller"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CallerAttribute : Attribute;

/// <summary>Should not be used any more. Where C# knows no <see cref="ObsoleteAttribute"/>. Section 3.13.3.</summary>
/// <param name="reason">Why, and what to use.</param>
[AttributeUsage(AttributeTargets.All)]
public sealed class DeprecatedAttribute(string reason) : Attribute
{
    /// <summary>Why, and what to use.</summary>
    public string Reason { get; } = reason;
}

/// <summary>The type in the schema is another than the one that follows from C#, for example a scalar.</summary>
/// <param name="type">As in a document: <c>[JSON!]!</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class TypeAttribute(string type) : Attribute
{
    /// <summary>As in a document.</summary>
    public string Type { get; } = type;
}

/// <summary>A global id: outside an <c>ID</c> that says of what it is, inside what the object is known by.</summary>
/// <param name="type">The name of the object in the schema.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Parameter)]
public class IdAttribute(string type) : Attribute
{
    /// <summary>The name of the object in the schema.</summary>
    public string Type { get; } = type;
}

/// <summary>
/// The argument or input field takes a secret: its value is refused unless it comes as a variable. See
/// <see cref="SecretInputs"/>. On a parameter of a record it needs no target.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class SecretAttribute : Attribute;

/// <summary>The method finds an object by what it is known by, its first parameter. See <see cref="NodeAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeResolverAttribute : Attribute;

/// <summary>How much a field or an object counts. See <see cref="CostNotes"/>.</summary>
/// <param name="weight">Where nothing is said an object counts 1 and a leaf nothing.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Class)]
public sealed class CostAttribute(double weight) : Attribute
{
    /// <summary>How much it counts.</summary>
    public double Weight { get; } = weight;
}

/// <summary>How long a list is taken to be. See <see cref="Execution.ListSize"/>.</summary>
/// <param name="assumed">Without an argument that says it.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method)]
public sealed class ListSizeAttribute(int assumed) : Attribute
{
    /// <summary>Without an argument that says it.</summary>
    public int Assumed { get; } = assumed;

    /// <summary>Names of arguments that say it.</summary>
    public string[] Arguments { get; init; } = ["first", "last"];
}

/// <summary>
/// Asks for permission before the field's resolver runs, or that of any field of a class's object. The host derives what it
/// needs from it. See <see cref="FieldAuthorizer"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public abstract class AskAttribute : Attribute
{
    /// <summary>Null lets the field through; an error is answered in its place.</summary>
    /// <param name="context">What the resolver would be asked with.</param>
    public abstract ValueTask<GraphQLError?> AskAsync(ResolverContext context);
}

/// <summary>
/// A mutation may answer with an error of that class. Its payload has a field <c>errors</c> then: a union of all classes that
/// are declared, each an object with <c>message</c> and <c>code</c> that implements <c>Error</c>.
/// </summary>
/// <typeparam name="T">A class with the properties <c>Message</c> and <c>Code</c>.</typeparam>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class ErrorAttribute<T> : Attribute, IDeclaresError
    where T : class
{
    Type IDeclaresError.Class => typeof(T);
}

// Says which class an error is of.
internal interface IDeclaresError
{
    Type Class { get; }
}
