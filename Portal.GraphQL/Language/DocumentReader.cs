using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>
/// Reads one document by recursive descent, a method for each rule of the grammar. This part holds the place in the
/// document, the limits and the words of refusals.
/// </summary>
internal ref partial struct DocumentReader
{
    private readonly ParseOptions _options;
    private readonly NameTable _names;
    private Lexer _lexer;
    private Token _token;
    private int _lastEnd;
    private int _tokenCount;
    private int _depth;

    public DocumentReader(ReadOnlySpan<char> text, ParseOptions options)
    {
        _options = options;
        _names = new NameTable();
        _lexer = new Lexer(text);
        Advance();
        _lastEnd = 0;
    }

    private delegate T Rule<T>(ref DocumentReader reader);

    private void Advance()
    {
        _lastEnd = _token.End;
        _token = _lexer.Next();
        if (_token.Kind != TokenKind.EndOfFile && ++_tokenCount > _options.MaxTokens)
        {
            var message = $"Document contains more than {_options.MaxTokens} tokens. Parsing aborted.";
            throw new SyntaxException(SyntaxErrorCodes.TooManyTokens, message, Place(_token));
        }
    }

    // The token behind this one; the reader stays where it is.
    private readonly Token Ahead(out Lexer lexer)
    {
        lexer = _lexer;
        return lexer.Next();
    }

    private void Enter()
    {
        if (++_depth > _options.MaxDepth)
        {
            var message = $"Document is nested more than {_options.MaxDepth} levels deep. Parsing aborted.";
            throw new SyntaxException(SyntaxErrorCodes.TooDeep, message, Place(_token));
        }
    }

    private void Leave() => _depth--;

    private Token Expect(TokenKind kind)
    {
        var token = _token;
        if (token.Kind != kind)
        {
            throw Refuse(token, $"Expected {Token.Describe(kind)}, found {_lexer.Describe(token)}.");
        }
        Advance();
        return token;
    }

    private bool Skip(TokenKind kind)
    {
        if (_token.Kind != kind)
        {
            return false;
        }
        Advance();
        return true;
    }

    private readonly bool IsWord(string word) => _token.Kind == TokenKind.Name && _lexer.RawText(_token).SequenceEqual(word);

    private void ExpectWord(string word)
    {
        if (!SkipWord(word))
        {
            throw Refuse(_token, $"Expected \"{word}\", found {_lexer.Describe(_token)}.");
        }
    }

    private bool SkipWord(string word)
    {
        if (!IsWord(word))
        {
            return false;
        }
        Advance();
        return true;
    }

    private NameNode ReadName()
    {
        var token = Expect(TokenKind.Name);
        return new NameNode(_names.Get(_lexer.RawText(token)), Place(token));
    }

    // One item or more between two tokens, or nothing at all where these are optional.
    private ImmutableArray<T> ReadMany<T>(TokenKind open, Rule<T> rule, TokenKind close)
    {
        Expect(open);
        var items = new ItemBuffer<T>();
        do
        {
            items.Add(rule(ref this));
        }
        while (!Skip(close));
        return items.ToImmutable();
    }

    private ImmutableArray<T> ReadOptionalMany<T>(TokenKind open, Rule<T> rule, TokenKind close) =>
        _token.Kind == open ? ReadMany(open, rule, close) : [];

    // One item or more with a token between them, which may stand before the first one too.
    private ImmutableArray<T> ReadDelimited<T>(TokenKind delimiter, Rule<T> rule)
    {
        Skip(delimiter);
        var items = new ItemBuffer<T>();
        do
        {
            items.Add(rule(ref this));
        }
        while (Skip(delimiter));
        return items.ToImmutable();
    }

    private readonly Location Since(in Token start) => new(start.Start, _lastEnd, start.Line, start.Column);

    private static Location Place(in Token token) => new(token.Start, token.End, token.Line, token.Column);

    private readonly SyntaxException Unexpected() => Unexpected(_token);

    private readonly SyntaxException Unexpected(in Token token) => Refuse(token, $"Unexpected {_lexer.Describe(token)}.");

    private static SyntaxException Refuse(in Token token, string message) =>
        new(SyntaxErrorCodes.Syntax, message, Place(token));
}
