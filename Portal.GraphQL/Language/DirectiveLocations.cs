using System.Collections.Frozen;

namespace Portal.GraphQL.Language;

/// <summary>The places where directives may stand. Specification, section 3.13.</summary>
public static class DirectiveLocations
{
    /// <summary>Places in executable documents.</summary>
    public static FrozenSet<string> Executable { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION");

    /// <summary>Places in documents of a type system.</summary>
    public static FrozenSet<string> TypeSystem { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM",
        "ENUM_VALUE", "INPUT_OBJECT", "INPUT_FIELD_DEFINITION");

    /// <summary>Whether a name is one of the places; case counts.</summary>
    /// <param name="name">The name.</param>
    public static bool Contains(string name) => Executable.Contains(name) || TypeSystem.Contains(name);
}
