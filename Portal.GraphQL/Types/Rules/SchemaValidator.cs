using System.Collections.Immutable;

namespace Portal.GraphQL.Types;

/// <summary>Every rule is still to be written here.</summary>
public static class SchemaValidator
{
    /// <summary>Every rule is still to be written here.</summary>
    /// <param name="schema">The schema.</param>
    public static ImmutableArray<SchemaError> Validate(Schema schema) => [];
}

/// <summary>Every rule is still to be written here.</summary>
public static class DefaultValueRules
{
    /// <summary>Every rule is still to be written here.</summary>
    /// <param name="schema">The schema.</param>
    public static ImmutableArray<SchemaError> Validate(Schema schema) => [];
}

/// <summary>Every rule is still to be written here.</summary>
public static class SdlValidator
{
    /// <summary>Every rule is still to be written here.</summary>
    /// <param name="document">The document.</param>
    public static ImmutableArray<SchemaError> Validate(Portal.GraphQL.Language.DocumentNode document) => [];
}
