namespace Portal.GraphQL.Language;

/// <summary>The kinds of tokens. Specification, section 2.1.6.</summary>
public enum TokenKind : byte
{
    /// <summary>The place before the first token.</summary>
    StartOfFile,

    /// <summary>The place behind the last token.</summary>
    EndOfFile,

    /// <summary><c>!</c></summary>
    Bang,

    /// <summary><c>$</c></summary>
    Dollar,

    /// <summary><c>&amp;</c></summary>
    Ampersand,

    /// <summary><c>(</c></summary>
    ParenOpen,

    /// <summary><c>)</c></summary>
    ParenClose,

    /// <summary><c>...</c></summary>
    Spread,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary><c>=</c></summary>
    EqualsSign,

    /// <summary><c>@</c></summary>
    At,

    /// <summary><c>[</c></summary>
    BracketOpen,

    /// <summary><c>]</c></summary>
    BracketClose,

    /// <summary><c>{</c></summary>
    BraceOpen,

    /// <summary><c>|</c></summary>
    Pipe,

    /// <summary><c>}</c></summary>
    BraceClose,

    /// <summary>A name or a keyword; GraphQL reserves no names.</summary>
    Name,

    /// <summary>A number without fraction and exponent.</summary>
    Int,

    /// <summary>A number with fraction, exponent or both.</summary>
    Float,

    /// <summary>A string in single quotation marks, without escapes in it.</summary>
    PlainString,

    /// <summary>A string in single quotation marks with at least one escape.</summary>
    EscapedString,

    /// <summary>A string in triple quotation marks.</summary>
    BlockString,
}
