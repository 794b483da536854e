using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>Says which rules of the specification's section 5 a document breaks; nothing if it may be run.</summary>
/// <param name="schema">The schema.</param>
/// <param name="document">The document.</param>
public delegate ImmutableArray<GraphQLError> DocumentRules(Schema schema, DocumentNode document);

/// <summary>How requests are run, and what is refused. Limits are looked at before anything runs.</summary>
public sealed record ExecutorOptions
{
    /// <summary>Limits of reading.</summary>
    public ParseOptions Parsing { get; init; } = ParseOptions.Default;

    /// <summary>The rules of section 5; without them every document that can be read is run as well as it can be.</summary>
    public DocumentRules? Rules { get; init; }

    /// <summary>Finds the text of a persisted document by its id; null if there is none of that id.</summary>
    public Func<string, CancellationToken, ValueTask<string?>>? FindDocument { get; init; }

    /// <summary>Whether only persisted documents are run.</summary>
    public bool OnlyPersisted { get; init; }

    /// <summary>How many documents are kept, read and checked; up to twice as many for a while.</summary>
    public int CachedDocuments { get; init; } = 1000;

    /// <summary>Longer texts, in UTF-16 units, are not kept.</summary>
    public int LongestCached { get; init; } = 64 * 1024;

    /// <summary>Most levels of fields inside each other; what asks for the schema is not counted.</summary>
    public int MaxDepth { get; init; } = 20;

    /// <summary>Most fields, fragments counted where they are used and merged fields once.</summary>
    public int MaxFields { get; init; } = 1000;

    /// <summary>Most fields with an alias.</summary>
    public int MaxAliases { get; init; } = 100;

    /// <summary>Most objects that an answer may have by the sizes of its lists, see the README.</summary>
    public double MaxCost { get; init; } = 20_000;

    /// <summary>The size of a list of which nothing is said.</summary>
    public int DefaultListSize { get; init; } = 10;

    /// <summary>How long an answer, or an event of a subscription, may take; null for as long as it wants.</summary>
    public TimeSpan? TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the schema may be asked for. Section 4.</summary>
    public bool AllowsIntrospection { get; init; } = true;

    /// <summary>
    /// Sees each error of a field before it is answered, with what was thrown: to log it, and to say something else where
    /// the message is not for clients.
    /// </summary>
    public Func<GraphQLError, GraphQLError>? ErrorFilter { get; init; }
}
