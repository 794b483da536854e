namespace Portal.GraphQL.Language;

/// <summary>
/// One token: a kind and a place. What it says is cut out of the source only when somebody asks
/// (<see cref="Lexer.ValueOf"/>), so that punctuation costs no memory.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of the first character.</param>
/// <param name="End">Offset behind the last character, closing quotation marks included.</param>
/// <param name="Line">Line of the first character, from 1.</param>
/// <param name="Column">Column of the first character, from 1.</param>
public readonly record struct Token(TokenKind Kind, int Start, int End, int Line, int Column)
{
    /// <summary>Punctuation, as the specification has it; the two ends of the file are none.</summary>
    public bool IsPunctuator => Kind is >= TokenKind.Bang and <= TokenKind.BraceClose;

    /// <summary>A string, whichever way it is written.</summary>
    public bool IsString => Kind is TokenKind.PlainString or TokenKind.EscapedString or TokenKind.BlockString;

    /// <summary>How messages call the kind: punctuation in quotation marks, the rest by a word.</summary>
    /// <param name="kind">The kind.</param>
    internal static string Describe(TokenKind kind) => kind switch
    {
        TokenKind.StartOfFile => "<SOF>",
        TokenKind.EndOfFile => "<EOF>",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.ParenOpen => "\"(\"",
        TokenKind.ParenClose => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.EqualsSign => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.BracketOpen => "\"[\"",
        TokenKind.BracketClose => "\"]\"",
        TokenKind.BraceOpen => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.BraceClose => "\"}\"",
        TokenKind.Int => "Int",
        TokenKind.Float => "Float",
        TokenKind.PlainString or TokenKind.EscapedString => "String",
        TokenKind.BlockString => "BlockString",
        _ => "Name",
    };
}
