namespace Portal.GraphQL.Language;

/// <summary>
/// Limits of one parse. They bound time and memory by something that a client cannot argue with; how many bytes may
/// arrive at all is for the transport to say.
/// </summary>
public sealed record ParseOptions
{
    /// <summary>More than this and recursion would need a stack that a thread does not have.</summary>
    public const int DeepestAllowed = 500;

    private readonly int _maxDepth = 200;
    private readonly int _maxTokens = 20_000;

    /// <summary>For documents from outside: 20,000 tokens, 200 levels.</summary>
    public static ParseOptions Default { get; } = new();

    /// <summary>For the program's own documents, such as a large schema: any number of tokens.</summary>
    public static ParseOptions Unlimited { get; } = new() { MaxTokens = int.MaxValue, MaxDepth = DeepestAllowed };

    /// <summary>Most tokens of a document, comments not counted. At least 1.</summary>
    public int MaxTokens
    {
        get => _maxTokens;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _maxTokens = value;
        }
    }

    /// <summary>
    /// Most levels of selection sets, lists, objects and list types inside each other. From 1 to
    /// <see cref="DeepestAllowed"/>.
    /// </summary>
    public int MaxDepth
    {
        get => _maxDepth;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, DeepestAllowed);
            _maxDepth = value;
        }
    }
}
