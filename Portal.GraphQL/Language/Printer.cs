using System.Text;

namespace Portal.GraphQL.Language;

/// <summary>Writes documents as text: read again, the text gives the same document.</summary>
public static class Printer
{
    /// <summary>
    /// One layout for every document: two blanks for each level, a field to a line, a blank line between definitions.
    /// It is the layout of the reference implementation, character for character.
    /// </summary>
    /// <param name="node">A document, or any part of one.</param>
    public static string Print(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var writer = new DocumentWriter();
        writer.Write(node);
        return writer.ToString();
    }

    /// <summary>Without any character that could be left out: for the wire, and as the key of a cache.</summary>
    /// <param name="node">A document, or any part of one.</param>
    public static string PrintMinified(Node node) => Minify(Print(node));

    /// <summary>Takes out what does not matter of a text: white space, line ends, commas, comments.</summary>
    /// <param name="source">Correct tokens; whether they make a document is not asked.</param>
    /// <exception cref="SyntaxException">The text does not consist of tokens.</exception>
    public static string Minify(SourceText source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var lexer = new Lexer(source.Text.Span);
        var text = new StringBuilder(source.Text.Length);
        var needsGap = false;
        for (var token = lexer.Next(); token.Kind != TokenKind.EndOfFile; token = lexer.Next())
        {
            // Two words would run together, and "1..." would be read as a broken number.
            if (needsGap && (!token.IsPunctuator || token.Kind == TokenKind.Spread))
            {
                text.Append(' ');
            }
            needsGap = !token.IsPunctuator;
            if (token.Kind == TokenKind.BlockString)
            {
                text.Append(BlockString.Fold(lexer.ValueOf(token), minimal: true));
            }
            else
            {
                text.Append(lexer.RawText(token));
            }
        }
        return text.ToString();
    }
}
