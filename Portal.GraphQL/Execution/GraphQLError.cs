using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Execution;

/// <summary>What a client is told is wrong. Specification, section 7.1.6.</summary>
/// <param name="Message">A sentence for the client.</param>
public sealed record GraphQLError(string Message)
{
    /// <summary>The places in the document; may be empty.</summary>
    public ImmutableArray<Location> Locations { get; init; } = [];

    /// <summary>Keys and indices to the place in the answer, outermost first; empty for errors of the whole request.</summary>
    public ImmutableArray<object> Path { get; init; } = [];

    /// <summary>More for programs, <c>code</c> above all; null if there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>What was thrown, if something was: for logs, never for clients.</summary>
    public Exception? Fault { get; init; }

    /// <summary>The same error with a code for programs.</summary>
    /// <param name="code">Capitals and underscores; codes never change.</param>
    public GraphQLError WithCode(string code) => this with
    {
        Extensions = new OrderedDictionary<string, object?>(Extensions ?? new OrderedDictionary<string, object?>())
        {
            ["code"] = code,
        },
    };

    /// <summary>An error of the whole request.</summary>
    /// <param name="code">For programs.</param>
    /// <param name="message">A sentence for the client.</param>
    /// <param name="locations">The places in the document.</param>
    public static GraphQLError Of(string code, string message, params ReadOnlySpan<Location> locations) =>
        new GraphQLError(message) { Locations = [.. locations] }.WithCode(code);
}

/// <summary>
/// Thrown by a resolver that wants more said than a message; any other exception is answered by its message alone.
/// Specification, section 7.1.6.
/// </summary>
/// <param name="message">A sentence for the client.</param>
/// <param name="extensions">More for programs; null if there is nothing.</param>
public sealed class GraphQLException(string message, IReadOnlyDictionary<string, object?>? extensions = null)
    : Exception(message)
{
    /// <summary>An exception with a code for programs.</summary>
    /// <param name="message">A sentence for the client.</param>
    /// <param name="code">Capitals and underscores; codes never change.</param>
    public GraphQLException(string message, string code)
        : this(message, new OrderedDictionary<string, object?> { ["code"] = code })
    {
    }

    internal GraphQLException(string message, Location location)
        : this(message) => Locations = [location];

    /// <summary>More for programs; null if there is nothing.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; } = extensions;

    /// <summary>The places in the document, where they are not those of the field.</summary>
    public ImmutableArray<Location> Locations { get; init; } = [];
}
