using System.Buffers;
using System.Text;

namespace Portal.GraphQL.Language;

/// <content>What tokens say, and what messages say about characters.</content>
public ref partial struct Lexer
{
    /// <summary>The characters of a token as they stand in the document, quotation marks included.</summary>
    /// <param name="token">A token of this document.</param>
    public readonly ReadOnlySpan<char> RawText(in Token token) => _text[token.Start..token.End];

    /// <summary>
    /// What a token says: a string without quotation marks and with its escapes resolved, a block string without its
    /// common indentation, names and numbers as written. Punctuation says what it is.
    /// </summary>
    /// <param name="token">A token of this document.</param>
    public readonly string ValueOf(in Token token) => token.Kind switch
    {
        TokenKind.PlainString => _text[(token.Start + 1)..(token.End - 1)].ToString(),
        TokenKind.EscapedString => Unescape(token.Start + 1, token.End - 1),
        TokenKind.BlockString => BlockString.Unfold(_text[(token.Start + 3)..(token.End - 3)]),
        _ => RawText(token).ToString(),
    };

    // As messages call it: the kind, and behind it what the token says, if that is not the same.
    internal readonly string Describe(in Token token) => token.Kind < TokenKind.Name
        ? Token.Describe(token.Kind)
        : $"{Token.Describe(token.Kind)} \"{ValueOf(token)}\"";

    // An escape is never shorter than what it stands for, so the raw length is room enough.
    private readonly string Unescape(int start, int end)
    {
        var buffer = ArrayPool<char>.Shared.Rent(end - start);
        var length = 0;
        for (var i = start; i < end;)
        {
            if (_text[i] != '\\')
            {
                buffer[length++] = _text[i++];
                continue;
            }
            i += ReadEscape(i, out var character);
            length += new Rune(character).EncodeToUtf16(buffer.AsSpan(length));
        }
        var value = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return value;
    }

    private readonly string Slice(int start, int length) => _text[start..Math.Min(start + length, _text.Length)].ToString();

    private readonly SyntaxException Unexpected(int at)
    {
        if (_text[at] == '\'')
        {
            return Fail(at, "Unexpected single quote character ('), did you mean to use a double quote (\")?");
        }
        return Fail(at, $"{(IsWholeCharacter(at) ? "Unexpected" : "Invalid")} character: {Show(at)}.");
    }

    // Printable ASCII in quotation marks, anything else by its number.
    private readonly string Show(int at)
    {
        if (at >= _text.Length)
        {
            return Token.Describe(TokenKind.EndOfFile);
        }
        var c = _text[at];
        if (c is >= ' ' and <= '~')
        {
            return c == '"' ? "'\"'" : $"\"{c}\"";
        }
        var isPair = char.IsHighSurrogate(c) && char.IsLowSurrogate(At(at + 1));
        return $"U+{(isPair ? char.ConvertToUtf32(c, _text[at + 1]) : c):X4}";
    }

    private readonly SyntaxException Fail(int at, string message) => Fail(at, message, _line, _lineStart);

    private static SyntaxException Fail(int at, string message, int line, int lineStart) =>
        new(SyntaxErrorCodes.Syntax, message, new Location(at, at, line, 1 + at - lineStart));
}
