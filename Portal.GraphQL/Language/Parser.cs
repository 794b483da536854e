using System.Diagnostics.CodeAnalysis;

namespace Portal.GraphQL.Language;

/// <summary>
/// Reads GraphQL documents as the specification of September 2025 defines them: executable ones and those of a type
/// system. One pass, no state between calls, safe from any number of threads.
/// </summary>
public static class Parser
{
    /// <summary>Reads a document from outside: what is wrong with it is an answer, not an exception.</summary>
    /// <param name="source">The document.</param>
    /// <param name="document">The document read, if there is no error.</param>
    /// <param name="error">The first thing that is wrong, if there is one.</param>
    /// <param name="options">Limits; without them <see cref="ParseOptions.Default"/>.</param>
    public static bool TryParse(
        SourceText source,
        [NotNullWhen(true)] out DocumentNode? document,
        [NotNullWhen(false)] out SyntaxError? error,
        ParseOptions? options = null)
    {
        try
        {
            document = Parse(source, options);
            error = null;
            return true;
        }
        catch (SyntaxException refusal)
        {
            document = null;
            error = refusal.Error;
            return false;
        }
    }

    /// <summary>Reads a document that ought to be right, for example the program's own schema.</summary>
    /// <param name="source">The document.</param>
    /// <param name="options">Limits; without them <see cref="ParseOptions.Default"/>.</param>
    /// <exception cref="SyntaxException">The text is no document, or exceeds a limit.</exception>
    public static DocumentNode Parse(SourceText source, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = new DocumentReader(source.Text.Span, options ?? ParseOptions.Default);
        return reader.ReadDocument();
    }

    /// <summary>Reads a single value, for example the default of an argument.</summary>
    /// <param name="source">The value.</param>
    /// <param name="isConstant">Variables are refused.</param>
    /// <param name="options">Limits; without them <see cref="ParseOptions.Default"/>.</param>
    /// <exception cref="SyntaxException">The text is no value, or exceeds a limit.</exception>
    public static ValueNode ParseValue(SourceText source, bool isConstant = false, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = new DocumentReader(source.Text.Span, options ?? ParseOptions.Default);
        return reader.ReadOnlyThisValue(isConstant);
    }

    /// <summary>Reads a single reference to a type, for example <c>[Int!]!</c>.</summary>
    /// <param name="source">The reference.</param>
    /// <param name="options">Limits; without them <see cref="ParseOptions.Default"/>.</param>
    /// <exception cref="SyntaxException">The text is no reference to a type, or exceeds a limit.</exception>
    public static TypeNode ParseType(SourceText source, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        var reader = new DocumentReader(source.Text.Span, options ?? ParseOptions.Default);
        return reader.ReadOnlyThisType();
    }
}
