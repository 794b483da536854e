using System.Text;

namespace Portal.GraphQL.Language;

/// <content>Strings and their escapes: specification, section 2.9.4.</content>
public ref partial struct Lexer
{
    private Token ReadString(int start)
    {
        var kind = TokenKind.PlainString;
        var i = start + 1;
        while (i < _text.Length && _text[i] is not ('\n' or '\r'))
        {
            if (_text[i] == '"')
            {
                return Finish(kind, start, i + 1);
            }
            if (_text[i] == '\\')
            {
                kind = TokenKind.EscapedString;
                i += ReadEscape(i, out _);
            }
            else
            {
                i = AfterStringCharacter(i, _line, _lineStart);
            }
        }
        throw Fail(i, "Unterminated string.");
    }

    private Token ReadBlockString(int start)
    {
        var line = _line;
        var lineStart = _lineStart;
        var i = start + 3;
        while (i < _text.Length)
        {
            if (_text[i] == '"' && At(i + 1) == '"' && At(i + 2) == '"')
            {
                var token = Finish(TokenKind.BlockString, start, i + 3);
                (_line, _lineStart) = (line, lineStart);
                return token;
            }
            if (_text[i] is '\n' or '\r')
            {
                i = AfterLineEnd(i);
                line++;
                lineStart = i;
            }
            else if (_text[i] == '\\' && At(i + 1) == '"' && At(i + 2) == '"' && At(i + 3) == '"')
            {
                i += 4;
            }
            else
            {
                i = AfterStringCharacter(i, line, lineStart);
            }
        }
        throw Fail(i, "Unterminated string.", line, lineStart);
    }

    private readonly int AfterStringCharacter(int at, int line, int lineStart) => IsWholeCharacter(at)
        ? at + (char.IsSurrogate(_text[at]) ? 2 : 1)
        : throw Fail(at, $"Invalid character within String: {Show(at)}.", line, lineStart);

    // How long the escape at this backslash is, and the character that it stands for.
    private readonly int ReadEscape(int at, out int character)
    {
        if (At(at + 1) == 'u')
        {
            return At(at + 2) == '{' ? ReadBracedEscape(at, out character) : ReadFourDigitEscape(at, out character);
        }
        character = At(at + 1) switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw Fail(at, $"Invalid character escape sequence: \"{Slice(at, 2)}\"."),
        };
        return 2;
    }

    // \u{...}: one to eight hexadecimal digits that name a Unicode scalar value.
    private readonly int ReadBracedEscape(int at, out int character)
    {
        character = 0;
        var size = 3;
        while (size < 12 && character >= 0)
        {
            var c = At(at + size++);
            if (c != '}')
            {
                character = (character << 4) | HexDigit(c);
            }
            else if (size < 5 || !Rune.IsValid(character))
            {
                break;
            }
            else
            {
                return size;
            }
        }
        throw Fail(at, $"Invalid Unicode escape sequence: \"{Slice(at, size)}\".");
    }

    // \uXXXX, or two of them that make a surrogate pair, as JSON writes characters above U+FFFF.
    private readonly int ReadFourDigitEscape(int at, out int character)
    {
        character = FourDigits(at + 2);
        if (Rune.IsValid(character))
        {
            return 6;
        }
        if (character is >= 0xD800 and <= 0xDBFF && At(at + 6) == '\\' && At(at + 7) == 'u'
            && FourDigits(at + 8) is var low and >= 0xDC00 and <= 0xDFFF)
        {
            character = char.ConvertToUtf32((char)character, (char)low);
            return 12;
        }
        throw Fail(at, $"Invalid Unicode escape sequence: \"{Slice(at, 6)}\".");
    }

    // Negative when any of the four is no digit: -1 has all bits set, whatever is joined to it.
    private readonly int FourDigits(int at) =>
        (HexDigit(At(at)) << 12) | (HexDigit(At(at + 1)) << 8) | (HexDigit(At(at + 2)) << 4) | HexDigit(At(at + 3));

    private static int HexDigit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'A' and <= 'F' => c - 'A' + 10,
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => -1,
    };
}
