using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>
/// Whether a document can be run against a schema. What it asks, in what words and in what order is that of the reference
/// implementation's <c>validate</c>. One walk over the document for all rules; the work is bounded by the document's length
/// times a small constant, except for fields that really conflict, which have a bound of their own. Safe from any number of
/// threads. Specification, September 2025, section 5.
/// </summary>
public static class DocumentValidator
{
    /// <summary>All that is wrong, in the order of the document; empty if it can be run.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="document">From <see cref="Parser"/>, which bounds its depth.</param>
    /// <param name="options">Without them <see cref="ValidationOptions.Default"/>.</param>
    public static ImmutableArray<ValidationError> Validate(
        Schema schema, DocumentNode document, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(document);
        return new DocumentWalk(schema, document, options ?? ValidationOptions.Default).Run();
    }
}
