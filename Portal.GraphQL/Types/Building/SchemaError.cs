using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>Why definitions make no schema. Specification, section 3.</summary>
/// <param name="Message">A sentence, worded as the reference implementation does.</param>
/// <param name="Locations">The places in the document, if there are any.</param>
public sealed record SchemaError(string Message, ImmutableArray<Location> Locations)
{
    /// <summary>The message with its places, for logs.</summary>
    public override string ToString() => Locations.IsEmpty
        ? Message
        : $"{Message} ({string.Join(", ", Locations.Select(place => $"{place.Line}:{place.Column}"))})";
}

/// <summary>Definitions that were expected to make a schema do not: a fault of the program.</summary>
/// <param name="errors">All that is wrong, at least one.</param>
public sealed class SchemaException(ImmutableArray<SchemaError> errors) : Exception(string.Join("\n\n", errors))
{
    internal SchemaException(string message, params ReadOnlySpan<Location> locations)
        : this([new SchemaError(message, [.. locations])])
    {
    }

    /// <summary>All that is wrong.</summary>
    public ImmutableArray<SchemaError> Errors { get; } = errors;
}
