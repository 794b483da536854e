namespace Portal.GraphQL.Language;

/// <summary>Why a text is no GraphQL document, and where.</summary>
/// <param name="Code">One of <see cref="SyntaxErrorCodes"/>.</param>
/// <param name="Message">A sentence that begins with "Syntax Error: ", worded as the reference implementation does.</param>
/// <param name="Location">The place of the first character that does not fit.</param>
public sealed record SyntaxError(string Code, string Message, Location Location)
{
    /// <summary>Line of the place, from 1.</summary>
    public int Line => Location.Line;

    /// <summary>Column of the place, from 1, in UTF-16 units.</summary>
    public int Column => Location.Column;

    /// <summary>The message with its place, for logs.</summary>
    public override string ToString() => $"{Message} ({Line}:{Column})";
}

/// <summary>The codes of <see cref="SyntaxError"/>: they go to clients and never change.</summary>
public static class SyntaxErrorCodes
{
    /// <summary>The text does not follow the grammar.</summary>
    public const string Syntax = "SYNTAX_ERROR";

    /// <summary>The document has more tokens than <see cref="ParseOptions.MaxTokens"/>.</summary>
    public const string TooManyTokens = "TOO_MANY_TOKENS";

    /// <summary>Something is nested deeper than <see cref="ParseOptions.MaxDepth"/>.</summary>
    public const string TooDeep = "TOO_DEEP";
}

/// <summary>
/// A <see cref="SyntaxError"/> where the text was expected to be right, for example the program's own schema.
/// For text from outside ask <see cref="Parser.TryParse"/>, which answers with the value.
/// </summary>
/// <param name="error">What is wrong.</param>
public sealed class SyntaxException(SyntaxError error) : Exception(error?.ToString())
{
    /// <summary>What is wrong.</summary>
    public SyntaxError Error { get; } = error ?? throw new ArgumentNullException(nameof(error));

    internal SyntaxException(string code, string message, Location location)
        : this(new SyntaxError(code, "Syntax Error: " + message, location))
    {
    }
}
