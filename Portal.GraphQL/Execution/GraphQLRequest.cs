using System.Text.Json;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>What a client asks. Specification, section 6.1.</summary>
public sealed record GraphQLRequest
{
    /// <summary>The document's text; null if it is known by <see cref="DocumentId"/>.</summary>
    public string? Query { get; init; }

    /// <summary>What a persisted document is known by.</summary>
    public string? DocumentId { get; init; }

    /// <summary>Which of the document's operations; null if there is only one.</summary>
    public string? OperationName { get; init; }

    /// <summary>Values of variables as <see cref="InputValues"/> describes; null if there are none.</summary>
    public IReadOnlyDictionary<string, object?>? Variables { get; init; }

    /// <summary>Where resolvers find what they need.</summary>
    public IServiceProvider? Services { get; init; }

    /// <summary>Who asks, in the host's own words.</summary>
    public object? Caller { get; init; }

    /// <summary>The parent of the outermost fields; most hosts have none. Section 6.2.</summary>
    public object? Root { get; init; }

    /// <summary>Whether anything but a query is refused, as for requests by GET.</summary>
    public bool OnlyQueries { get; init; }

    /// <summary>Whether mutations are refused, as for streams that are asked for by GET.</summary>
    public bool NoMutations { get; init; }

    /// <summary>Whether subscriptions are refused, as where there is only one answer.</summary>
    public bool NoSubscriptions { get; init; }

    /// <summary>Whether the cost that was computed is answered in <c>extensions.cost</c>.</summary>
    public bool WantsCost { get; init; }

    /// <summary>Values of variables out of parsed JSON.</summary>
    /// <param name="json">An object, or null.</param>
    public static IReadOnlyDictionary<string, object?>? VariablesOf(JsonElement json) =>
        InputValues.FromJson(json) as OrderedDictionary<string, object?>;
}
