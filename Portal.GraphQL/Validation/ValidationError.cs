using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Validation;

/// <summary>Why a document cannot be run against a schema. Specification, section 5.</summary>
/// <param name="Rule">The rule that is broken; none if there were too many errors to tell them all.</param>
/// <param name="Message">A sentence for the client, worded as the reference implementation does.</param>
/// <param name="Locations">The places in the document, if there are any.</param>
public sealed record ValidationError(ValidationRules Rule, string Message, ImmutableArray<Location> Locations)
{
    /// <summary>The message with its places, for logs.</summary>
    public override string ToString() => Locations.IsEmpty
        ? Message
        : $"{Message} ({string.Join(", ", Locations.Select(place => $"{place.Line}:{place.Column}"))})";
}
