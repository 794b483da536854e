namespace Portal.GraphQL.Language;

/// <summary>
/// Cuts a document into tokens, one after the other, without looking back. It reads the text in place and allocates
/// nothing. Copying the lexer is how one looks ahead. Specification, section 2.1.
/// </summary>
public ref partial struct Lexer
{
    private readonly ReadOnlySpan<char> _text;
    private int _position;
    private int _line;
    private int _lineStart;

    /// <summary>Begins at the first character.</summary>
    /// <param name="text">The document.</param>
    public Lexer(ReadOnlySpan<char> text)
    {
        _text = text;
        _line = 1;
    }

    /// <summary>
    /// The next token; white space, commas, comments and byte order marks are skipped. At the end it is
    /// <see cref="TokenKind.EndOfFile"/>, as often as it is asked.
    /// </summary>
    /// <exception cref="SyntaxException">No token begins here, or the one that does is malformed.</exception>
    public Token Next()
    {
        var i = _position;
        while ((uint)i < (uint)_text.Length)
        {
            var c = _text[i];
            switch (c)
            {
                case ' ' or '\t' or ',' or '\uFEFF':
                    i++;
                    continue;
                case '\n' or '\r':
                    i = AfterLineEnd(i);
                    _line++;
                    _lineStart = i;
                    continue;
                case '#':
                    i = AfterComment(i);
                    continue;
                case '!':
                    return Finish(TokenKind.Bang, i, i + 1);
                case '$':
                    return Finish(TokenKind.Dollar, i, i + 1);
                case '&':
                    return Finish(TokenKind.Ampersand, i, i + 1);
                case '(':
                    return Finish(TokenKind.ParenOpen, i, i + 1);
                case ')':
                    return Finish(TokenKind.ParenClose, i, i + 1);
                case '.' when At(i + 1) == '.' && At(i + 2) == '.':
                    return Finish(TokenKind.Spread, i, i + 3);
                case ':':
                    return Finish(TokenKind.Colon, i, i + 1);
                case '=':
                    return Finish(TokenKind.EqualsSign, i, i + 1);
                case '@':
                    return Finish(TokenKind.At, i, i + 1);
                case '[':
                    return Finish(TokenKind.BracketOpen, i, i + 1);
                case ']':
                    return Finish(TokenKind.BracketClose, i, i + 1);
                case '{':
                    return Finish(TokenKind.BraceOpen, i, i + 1);
                case '|':
                    return Finish(TokenKind.Pipe, i, i + 1);
                case '}':
                    return Finish(TokenKind.BraceClose, i, i + 1);
                case '"':
                    return At(i + 1) == '"' && At(i + 2) == '"' ? ReadBlockString(i) : ReadString(i);
                case '-' or (>= '0' and <= '9'):
                    return ReadNumber(i);
                default:
                    return IsNameStart(c) ? ReadName(i) : throw Unexpected(i);
            }
        }
        return Finish(TokenKind.EndOfFile, _text.Length, _text.Length);
    }

    private Token Finish(TokenKind kind, int start, int end)
    {
        _position = end;
        return new Token(kind, start, end, _line, 1 + start - _lineStart);
    }

    private Token ReadName(int start)
    {
        var i = start + 1;
        while ((uint)i < (uint)_text.Length && (IsNameStart(_text[i]) || IsDigit(_text[i])))
        {
            i++;
        }
        return Finish(TokenKind.Name, start, i);
    }

    private readonly int AfterLineEnd(int at) => _text[at] == '\r' && At(at + 1) == '\n' ? at + 2 : at + 1;

    // A lone surrogate ends the comment; the next round then refuses it in its place.
    private readonly int AfterComment(int at)
    {
        do
        {
            at += char.IsSurrogate(_text[at]) ? 2 : 1;
        }
        while (at < _text.Length && _text[at] is not ('\n' or '\r') && IsWholeCharacter(at));
        return at;
    }

    // The character, or NUL behind the end: no rule of the grammar asks for NUL.
    private readonly char At(int at) => (uint)at < (uint)_text.Length ? _text[at] : '\0';

    private readonly bool IsWholeCharacter(int at) =>
        !char.IsSurrogate(_text[at]) || (char.IsHighSurrogate(_text[at]) && char.IsLowSurrogate(At(at + 1)));

    private static bool IsNameStart(char c) => (uint)((c | 0x20) - 'a') < 26 || c == '_';

    private static bool IsDigit(char c) => (uint)(c - '0') < 10;
}
