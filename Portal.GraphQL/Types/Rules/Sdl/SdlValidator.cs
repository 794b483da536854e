using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// Whether the definitions of a document go together: names that are defined twice or not at all, directives, extensions.
/// What it asks, in what words and in what order is that of the reference implementation's <c>buildSchema</c>.
/// Specification, section 3.
/// </summary>
public static class SdlValidator
{
    /// <summary>All that is wrong, in the order of the document.</summary>
    /// <param name="document">All definitions and extensions of a schema.</param>
    public static ImmutableArray<SchemaError> Validate(DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var walk = new SdlWalk(document);
        walk.VisitAll();
        return walk.Errors;
    }
}
