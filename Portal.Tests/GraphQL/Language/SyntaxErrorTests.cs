using Portal.GraphQL.Language;

namespace Portal.Tests.GraphQL.Language;

public sealed class SyntaxErrorTests
{
    [Theory]
    // What hides in strings, escapes and odd characters.
    [InlineData("{ a(x: \"\\u{110000}\") }", 1, 9, "Invalid Unicode escape sequence: \"\\u{110000}\".")]
    [InlineData("{ a(x: \"\\u{}\") }", 1, 9, "Invalid Unicode escape sequence: \"\\u{}\".")]
    [InlineData("{ a(x: \"\\u{FFFFFFFF}\") }", 1, 9, "Invalid Unicode escape sequence: \"\\u{FFFFFFFF\".")]
    [InlineData("{ a(x: \"\\uD83D\") }", 1, 9, "Invalid Unicode escape sequence: \"\\uD83D\".")]
    [InlineData("{ a(x: \"\\uDE00\\uD83D\") }", 1, 9, "Invalid Unicode escape sequence: \"\\uDE00\".")]
    [InlineData("{ a(x: \"\\u00", 1, 9, "Invalid Unicode escape sequence: \"\\u00\".")]
    [InlineData("{ a(x: \"\\x\") }", 1, 9, "Invalid character escape sequence: \"\\x\".")]
    [InlineData("{ a(x: \"ab\ncd\") }", 1, 11, "Unterminated string.")]
    [InlineData("{ a(x: \"\"\"ab\r\ncd\r", 3, 1, "Unterminated string.")]
    [InlineData("{ a(x: \"\"\"\n\n x\\\"\"\"", 3, 7, "Unterminated string.")]
    [InlineData("{ a(x: 'b') }", 1, 8, "Unexpected single quote character ('), did you mean to use a double quote (\")?")]
    [InlineData("{ \u00E9 }", 1, 3, "Unexpected character: U+00E9.")]
    [InlineData("{\r\n\r\n  \U0001F600 }", 3, 3, "Unexpected character: U+1F600.")]
    [InlineData("{ a\0b }", 1, 4, "Unexpected character: U+0000.")]
    [InlineData("{ a\f }", 1, 4, "Unexpected character: U+000C.")]
    [InlineData("{ a .. b }", 1, 5, "Unexpected character: \".\".")]
    // Line ends: both, either, and within block strings.
    [InlineData("{\r\n\ra\n\n  ? }", 5, 3, "Unexpected character: \"?\".")]
    [InlineData("{ a(x: \"\"\"\r\n\r\n\"\"\" ?) }", 3, 5, "Unexpected character: \"?\".")]
    [InlineData("# comment\r{ % }", 2, 3, "Unexpected character: \"%\".")]
    // Numbers.
    [InlineData("{ a(x: 00) }", 1, 9, "Invalid number, unexpected digit after 0: \"0\".")]
    [InlineData("{ a(x: -) }", 1, 9, "Invalid number, expected digit but got: \")\".")]
    [InlineData("{ a(x: 1.) }", 1, 10, "Invalid number, expected digit but got: \")\".")]
    [InlineData("{ a(x: 1.2.3) }", 1, 11, "Invalid number, expected digit but got: \".\".")]
    [InlineData("{ a(x: 0xF) }", 1, 9, "Invalid number, expected digit but got: \"x\".")]
    [InlineData("{ a(x: 1e", 1, 10, "Invalid number, expected digit but got: <EOF>.")]
    // The grammar.
    [InlineData("", 1, 1, "Unexpected <EOF>.")]
    [InlineData("# nothing\n", 2, 1, "Unexpected <EOF>.")]
    [InlineData("{", 1, 2, "Expected Name, found <EOF>.")]
    [InlineData("{ }", 1, 3, "Expected Name, found \"}\".")]
    [InlineData("{ a() }", 1, 5, "Expected Name, found \")\".")]
    [InlineData("{ ...on }", 1, 9, "Expected Name, found \"}\".")]
    [InlineData("{ a: \"b\" }", 1, 6, "Expected Name, found String \"b\".")]
    [InlineData("{ a(b: $) }", 1, 9, "Expected Name, found \")\".")]
    [InlineData("query ($a: Int = $b) { c }", 1, 18, "Unexpected variable \"$b\" in constant value.")]
    [InlineData("query () { c }", 1, 8, "Expected \"$\", found \")\".")]
    [InlineData("fragment on on T { a }", 1, 10, "Unexpected Name \"on\".")]
    [InlineData("fragment F of T { a }", 1, 12, "Expected \"on\", found Name \"of\".")]
    [InlineData("notanoperation { a }", 1, 1, "Unexpected Name \"notanoperation\".")]
    [InlineData("\"d\" { a }", 1, 1, "Unexpected description, descriptions are not supported on shorthand queries.")]
    [InlineData("\"d\" extend type A { a: B }", 1, 1,
        "Unexpected description, only GraphQL definitions support descriptions.")]
    [InlineData("extend type A", 1, 14, "Unexpected <EOF>.")]
    [InlineData("extend \"x\"", 1, 8, "Unexpected String \"x\".")]
    [InlineData("enum E { true }", 1, 10, "Name \"true\" is reserved and cannot be used for an enum value.")]
    [InlineData("type A { a(): B }", 1, 12, "Expected Name, found \")\".")]
    [InlineData("type A implements { a: B }", 1, 19, "Expected Name, found \"{\".")]
    [InlineData("union U = | | A", 1, 13, "Expected Name, found \"|\".")]
    [InlineData("directive @d on FEILD", 1, 17, "Unexpected Name \"FEILD\".")]
    [InlineData("schema { queries: Q }", 1, 10, "Unexpected Name \"queries\".")]
    public void Says_what_is_wrong_and_where(string text, int line, int column, string message)
    {
        Assert.False(Parser.TryParse(text, out _, out var error));
        Assert.Equal(
            (SyntaxErrorCodes.Syntax, "Syntax Error: " + message, line, column),
            (error.Code, error.Message, error.Line, error.Column));
    }

    [Theory]
    [InlineData("{ a(x: \"", "\") }", 9, "Invalid character within String: U+D83D.")]
    [InlineData("{ a(x: \"\"\"", "\"\"\") }", 11, "Invalid character within String: U+D83D.")]
    [InlineData("{ # ", " }", 5, "Invalid character: U+D83D.")]
    [InlineData("{ a ", "", 5, "Invalid character: U+D83D.")]
    public void Half_a_surrogate_pair_is_no_character(string before, string after, int column, string message)
    {
        Assert.False(Parser.TryParse(before + '\uD83D' + after, out _, out var error));
        Assert.Equal(("Syntax Error: " + message, column), (error.Message, error.Column));
    }

    [Fact]
    public void The_exception_carries_the_same_error()
    {
        var refusal = Assert.Throws<SyntaxException>(() => Parser.Parse("{"));
        Assert.Equal("Syntax Error: Expected Name, found <EOF>. (1:2)", refusal.Message);
        Assert.Equal(2, refusal.Error.Column);
    }
}
