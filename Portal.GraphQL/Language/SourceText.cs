namespace Portal.GraphQL.Language;

/// <summary>
/// A GraphQL document as text, in UTF-16, with the name that messages call it by. Nothing is copied: the text is read
/// where it lies. Specification, September 2025, section 2.1.1.
/// </summary>
/// <param name="text">The characters of the document.</param>
/// <param name="name">What messages call the document, for example a file's name.</param>
public sealed class SourceText(ReadOnlyMemory<char> text, string name = "GraphQL request")
{
    /// <summary>The characters of the document.</summary>
    public ReadOnlyMemory<char> Text { get; } = text;

    /// <summary>What messages call the document.</summary>
    public string Name { get; } = name;

    /// <summary>A string is a document without a name of its own.</summary>
    /// <param name="text">The document.</param>
    public static implicit operator SourceText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SourceText(text.AsMemory());
    }

    /// <summary>
    /// The place of one character. A line ends with a line feed, a carriage return, or both together; lines and
    /// columns count from 1, columns in UTF-16 units.
    /// </summary>
    /// <param name="offset">Counted from 0, at most the length of the text.</param>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the text.</exception>
    public Location LocationOf(int offset)
    {
        var span = Text.Span;
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, span.Length);
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset; i++)
        {
            var isPair = span[i] == '\r' && i + 1 < span.Length && span[i + 1] == '\n';
            if (span[i] is '\n' or '\r' && !isPair)
            {
                line++;
                lineStart = i + 1;
            }
        }
        return new Location(offset, offset, line, 1 + offset - lineStart);
    }

    /// <summary>The text itself.</summary>
    public override string ToString() => Text.ToString();
}
