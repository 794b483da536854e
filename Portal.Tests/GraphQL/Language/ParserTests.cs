using Portal.GraphQL.Language;

namespace Portal.Tests.GraphQL.Language;

public sealed class ParserTests
{
    [Fact]
    public void An_operation_has_all_its_parts()
    {
        var operation = Assert.IsType<OperationDefinitionNode>(Assert.Single(Parser.Parse(
            "\"why\" subscription S(\"v\" $a: [Int!]! = [1] @d) @e { x: y(z: $a) @f { w } }").Definitions));
        Assert.Equal(("why", OperationKind.Subscription, "S"),
            (operation.Description?.Value, operation.Operation, operation.Name?.Value));
        var variable = Assert.Single(operation.VariableDefinitions);
        Assert.Equal("\"v\"\n$a: [Int!]! = [1] @d", Printer.Print(variable));
        var field = Assert.IsType<FieldNode>(Assert.Single(operation.SelectionSet.Selections));
        Assert.Equal(("x", "y", "x: y(z: $a) @f {\n  w\n}"), (field.ResponseKey, field.Name.Value, Printer.Print(field)));
    }

    [Fact]
    public void Every_node_knows_its_place()
    {
        const string text = "{\r\n  a(x: \"\"\"\n\n\"\"\") { b }\r  ...F @d\n}";
        var document = Parser.Parse(text);
        var operation = (OperationDefinitionNode)document.Definitions[0];
        var a = (FieldNode)operation.SelectionSet.Selections[0];
        var b = (FieldNode)a.SelectionSet!.Selections[0];
        var spread = operation.SelectionSet.Selections[1];
        Assert.Equal(new Location(0, text.Length, 1, 1), document.Location);
        Assert.Equal((2, 3), (a.Location.Line, a.Location.Column));
        Assert.Equal((4, 8), (b.Location.Line, b.Location.Column));
        Assert.Equal("...F @d", text[spread.Location.Start..spread.Location.End]);
        Assert.Equal((5, 3), (spread.Location.Line, spread.Location.Column));
    }

    [Theory]
    [InlineData("\"\\u{1F600}\\uD83D\\uDE00\\u00e9\\/\"", "\U0001F600\U0001F600\u00E9/")]
    [InlineData("\"\\u{000041}\\\"\\\\\\b\\f\\n\\r\\t\"", "A\"\\\b\f\n\r\t")]
    [InlineData("\"\U0001F600\0\"", "\U0001F600\0")]
    [InlineData("\"\"", "")]
    [InlineData("\"\"\"\"\"\"", "")]
    [InlineData("\"\"\"\n  a\\u0041\n    \\\"\"\"\n\"\"\"", "a\\u0041\n  \"\"\"")]
    public void Strings_say_what_they_mean(string text, string value) =>
        Assert.Equal(value, Assert.IsType<StringValueNode>(Parser.ParseValue(text)).Value);

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("-1.50")]
    [InlineData("0e+0")]
    [InlineData("6.02E23")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("on")]
    [InlineData("$true")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[[1], {a: [{b: $c}]}]")]
    public void Values_stay_as_written(string text) => Assert.Equal(text, Printer.Print(Parser.ParseValue(text)));

    [Theory]
    [InlineData("Int")]
    [InlineData("[[Int!]!]!")]
    public void Types_stay_as_written(string text) => Assert.Equal(text, Printer.Print(Parser.ParseType(text)));

    [Theory]
    [InlineData("Int!!")]
    [InlineData("[Int")]
    [InlineData("Int Int")]
    public void Half_a_type_is_refused(string text) => Assert.Throws<SyntaxException>(() => Parser.ParseType(text));

    [Fact]
    public void Keywords_are_names_wherever_a_name_may_stand()
    {
        const string text = "query query($type: on) {\n  fragment: on(true: null) @extend\n"
            + "  ...input\n  ... on type {\n    on\n  }\n}";
        Assert.Equal(text, Printer.Print(Parser.Parse(text)));
    }

    [Fact]
    public void Byte_order_marks_and_commas_are_as_good_as_blanks() =>
        Assert.Equal("{a b}", Printer.Minify("\uFEFF{,,a\uFEFF,b,\t}\uFEFF"));

    [Fact]
    public void Every_place_of_a_directive_is_known()
    {
        var places = string.Join(" | ", DirectiveLocations.Executable.Concat(DirectiveLocations.TypeSystem).Order());
        var definition = (DirectiveDefinitionNode)Parser.Parse($"directive @d on {places}").Definitions[0];
        Assert.Equal((19, places), (definition.Locations.Length, string.Join(" | ", definition.Locations)));
    }

    [Fact]
    public void The_same_name_is_the_same_string()
    {
        var set = ((OperationDefinitionNode)Parser.Parse("{ unheardOf x: unheardOf }").Definitions[0]).SelectionSet;
        Assert.Same(((FieldNode)set.Selections[0]).Name.Value, ((FieldNode)set.Selections[1]).Name.Value);
    }
}
