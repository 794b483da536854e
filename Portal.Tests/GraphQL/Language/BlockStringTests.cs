using Portal.GraphQL.Language;

namespace Portal.Tests.GraphQL.Language;

public sealed class BlockStringTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\n \n\t\n", "")]
    [InlineData("one", "one")]
    [InlineData("  one", "  one")]
    [InlineData("\n    one\n      two\n\n    three\n  ", "one\n  two\n\nthree")]
    [InlineData("one\n  two\n   three", "one\ntwo\n three")]
    [InlineData("\r\n\tone\r\ttwo", "one\ntwo")]
    [InlineData("\n  one\n \n  two", "one\n\ntwo")]
    [InlineData("\n  one\n     \n  two", "one\n   \ntwo")]
    [InlineData("say \\\"\"\" and \\n", "say \"\"\" and \\n")]
    [InlineData("a\u2028\f b", "a\u2028\f b")]
    public void Layout_is_not_part_of_the_value(string raw, string value) => Assert.Equal(value, BlockString.Unfold(raw));

    [Theory]
    [InlineData("")]
    [InlineData("one")]
    [InlineData("  indented alone")]
    [InlineData("one\n  two")]
    [InlineData("one\ntwo\n\nthree")]
    [InlineData("  one\n  two\nthree")]
    [InlineData("ends in \"")]
    [InlineData("ends in \\")]
    [InlineData("has \"\"\" within")]
    [InlineData("ends in \"\"\"")]
    [InlineData("ends in four \"\"\"\"")]
    [InlineData("a line that is longer than seventy characters, so that it gets a line of its own here")]
    public void What_is_folded_unfolds_again(string value)
    {
        Assert.Equal(value, BlockString.Unfold(BlockString.Fold(value).AsSpan()[3..^3]));
        Assert.Equal(value, BlockString.Unfold(BlockString.Fold(value, minimal: true).AsSpan()[3..^3]));
    }
}
