using Portal.GraphQL.Language;

namespace Portal.Tests.GraphQL.Language;

public sealed class LimitTests
{
    [Theory]
    [InlineData("{ a b }", 4, true)]
    [InlineData("{ a b }", 3, false)]
    [InlineData("{ a # b c d e f\n,,,, b }", 4, true)]
    [InlineData("{ a(x: \"one token however long\") }", 8, true)]
    [InlineData("{ a(x: \"one token however long\") }", 7, false)]
    public void Counts_tokens(string text, int limit, bool isAccepted)
    {
        var wasAccepted = Parser.TryParse(text, out _, out var error, new ParseOptions { MaxTokens = limit });
        Assert.Equal(isAccepted, wasAccepted);
        Assert.Equal(isAccepted ? null : SyntaxErrorCodes.TooManyTokens, error?.Code);
    }

    [Theory]
    [InlineData("{ a { b { c } } }", 3)]
    [InlineData("{ a { ... { c } } }", 3)]
    [InlineData("{ a(x: [{ y: 1 }]) }", 3)]
    [InlineData("{ a(x: [[], [], []]) b(x: {}) { c } }", 3)]
    [InlineData("type A { a: [[[Int]]] }", 3)]
    public void Counts_levels(string text, int depth)
    {
        Assert.True(Parser.TryParse(text, out _, out _, new ParseOptions { MaxDepth = depth }));
        Assert.False(Parser.TryParse(text, out _, out var error, new ParseOptions { MaxDepth = depth - 1 }));
        Assert.Equal(SyntaxErrorCodes.TooDeep, error.Code);
    }

    [Fact]
    public void Names_the_token_that_was_too_many()
    {
        Parser.TryParse("{ a\n  b }", out _, out var error, new ParseOptions { MaxTokens = 2 });
        Assert.Equal("Syntax Error: Document contains more than 2 tokens. Parsing aborted. (2:3)", error?.ToString());
    }

    [Fact]
    public void Names_the_level_that_was_too_deep()
    {
        Parser.TryParse("{ a\n { b } }", out _, out var error, new ParseOptions { MaxDepth = 1 });
        Assert.Equal("Syntax Error: Document is nested more than 1 levels deep. Parsing aborted. (2:2)", error?.ToString());
    }

    [Theory]
    [InlineData("{a", "")]
    [InlineData("{a(x:", "[")]
    [InlineData("{a(x:", "{y:")]
    [InlineData("type A{a:", "[")]
    public void A_million_levels_are_refused_like_any_other(string head, string level)
    {
        var text = head + string.Concat(Enumerable.Repeat(level.Length == 0 ? "{a" : level, 1_000_000));
        Assert.False(Parser.TryParse(text, out _, out var error, ParseOptions.Unlimited));
        Assert.Equal(SyntaxErrorCodes.TooDeep, error.Code);
    }

    [Fact]
    public void The_deepest_document_allowed_is_read_and_written_on_a_small_stack()
    {
        const int depth = ParseOptions.DeepestAllowed;
        var text = string.Concat(Enumerable.Repeat("{a", depth)) + new string('}', depth);
        var written = "";
        var thread = new Thread(() => written = Printer.PrintMinified(Parser.Parse(text, ParseOptions.Unlimited)), 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Equal(text, written);
    }

    [Fact]
    public void Limits_must_make_sense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParseOptions { MaxTokens = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParseOptions { MaxDepth = ParseOptions.DeepestAllowed + 1 });
    }
}
