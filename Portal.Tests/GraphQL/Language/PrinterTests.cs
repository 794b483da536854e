using Portal.GraphQL.Language;

namespace Portal.Tests.GraphQL.Language;

public sealed class PrinterTests
{
    [Theory]
    [InlineData("{a}", "{\n  a\n}")]
    [InlineData("query{a}", "{\n  a\n}")]
    [InlineData("query Q{a}", "query Q {\n  a\n}")]
    [InlineData("query($a:Int=1@d){a}", "query ($a: Int = 1 @d) {\n  a\n}")]
    [InlineData("mutation M@d{a:b(c:[1,2]d:{e:$f})@g}", "mutation M @d {\n  a: b(c: [1, 2], d: {e: $f}) @g\n}")]
    [InlineData("\"what\" query Q{a}", "\"what\"\nquery Q {\n  a\n}")]
    [InlineData("query(\"v\" $a:Int $b:Int){a}", "query (\n\"v\"\n$a: Int\n$b: Int\n) {\n  a\n}")]
    [InlineData("{...on T@d{a}...F@e...{b}}", "{\n  ... on T @d {\n    a\n  }\n  ...F @e\n  ... {\n    b\n  }\n}")]
    [InlineData("\"d\" fragment F on T@d{a}", "\"d\"\nfragment F on T @d {\n  a\n}")]
    [InlineData("{a(x:\"\"\"one\n  two\"\"\")}", "{\n  a(x: \"\"\"\n  one\n  two\n  \"\"\")\n}")]
    [InlineData("schema@a{query:Q mutation:M}", "schema @a {\n  query: Q\n  mutation: M\n}")]
    [InlineData("extend schema@a", "extend schema @a")]
    [InlineData("scalar S@a extend scalar S@b", "scalar S @a\n\nextend scalar S @b")]
    [InlineData("type A implements&B&C@d{e(f:G!=1):[H!]!@i}",
        "type A implements B & C @d {\n  e(f: G! = 1): [H!]! @i\n}")]
    [InlineData("type A{e(\"f\" f:G h:I):J}", "type A {\n  e(\n    \"f\"\n    f: G\n    h: I\n  ): J\n}")]
    [InlineData("interface A implements B", "interface A implements B")]
    [InlineData("union U=|A|B extend union U=C", "union U = A | B\n\nextend union U = C")]
    [InlineData("enum E{A@a \"b\" B}", "enum E {\n  A @a\n  \"b\"\n  B\n}")]
    [InlineData("input I@oneOf{a:Int b:Int=2}", "input I @oneOf {\n  a: Int\n  b: Int = 2\n}")]
    [InlineData("directive@d(a:Int)repeatable on|FIELD|QUERY", "directive @d(a: Int) repeatable on FIELD | QUERY")]
    [InlineData("enum E query{a}{b}", "enum E\n\nquery {\n  a\n}\n\n{\n  b\n}")]
    [InlineData("extend input I{c:Int}", "extend input I {\n  c: Int\n}")]
    [InlineData("extend interface I implements J", "extend interface I implements J")]
    public void Has_one_layout_for_everything(string text, string expected)
    {
        var printed = Printer.Print(Parser.Parse(text));
        Assert.Equal(expected, printed);
        Assert.Equal(printed, Printer.Print(Parser.Parse(printed)));
        Assert.Equal(printed, Printer.Print(Parser.Parse(Printer.Minify(printed))));
    }

    [Fact]
    public void Long_arguments_get_a_line_each()
    {
        var value = new string('x', 70);
        var printed = Printer.Print(Parser.Parse($"{{field(a:\"{value}\" b:1)}}"));
        Assert.Equal($"{{\n  field(\n    a: \"{value}\"\n    b: 1\n  )\n}}", printed);
    }

    [Theory]
    [InlineData("query Q ( $a : Int ) { a ... F , b }", "query Q($a:Int){a ...F b}")]
    [InlineData("{ a(x: 1) ... on T { b } }", "{a(x:1)...on T{b}}")]
    [InlineData("{ a # so it is\n ... { b } }", "{a ...{b}}")]
    [InlineData("{ a(x: \"\"\"\n   one\n     two\n   \"\"\") }", "{a(x:\"\"\"\none\n  two\"\"\")}")]
    public void Minified_keeps_what_matters(string text, string expected) =>
        Assert.Equal(expected, Printer.Minify(text));

    [Fact]
    public void Escapes_what_must_not_stand_in_a_string()
    {
        var value = new StringValueNode("\"\\\b\f\n\r\t\0\u007F\u009F\u00A0\U0001F600");
        Assert.Equal("\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u007F\\u009F\u00A0\U0001F600\"", Printer.Print(value));
        Assert.Equal(value.Value, ((StringValueNode)Parser.ParseValue(Printer.Print(value))).Value);
    }
}
