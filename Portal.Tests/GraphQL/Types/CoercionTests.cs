using System.Text;
using System.Text.Json;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class CoercionTests
{
    private static readonly Schema Schema = Portal.GraphQL.Types.Schema.FromSdl("""
        type Query { a: Int b: Boolean c: ID d: Float e: String }
        enum E { RED GREEN } scalar Any
        input In { a: Int! b: String = "x" c: [Int!] d: In }
        input One @oneOf { a: Int b: String }
        """);

    [Theory]
    [InlineData("Int", "1.0", "1")]
    [InlineData("Int", "\"1\"", "Int cannot represent non-integer value: \"1\"")]
    [InlineData("Int", "1.5", "Int cannot represent non-integer value: 1.5")]
    [InlineData("Int", "2147483648", "Int cannot represent non 32-bit signed integer value: 2147483648")]
    [InlineData("Float", "1e-7", "1e-7")]
    [InlineData("Float", "true", "Float cannot represent non numeric value: true")]
    [InlineData("String", "1", "String cannot represent a non string value: 1")]
    [InlineData("Boolean", "0", "Boolean cannot represent a non boolean value: 0")]
    [InlineData("ID", "4", "\"4\"")]
    [InlineData("ID", "4.5", "ID cannot represent value: 4.5")]
    [InlineData("ID", "12345678901234567890", "\"12345678901234567890\"")]
    [InlineData(
        "E", "\"GREN\"", "Value \"GREN\" does not exist in \"E\" enum. Did you mean the enum value \"GREEN\" or \"RED\"?")]
    [InlineData("E", "1", "Enum \"E\" cannot represent non-string value: 1.")]
    [InlineData("[Int]", "1", "[1]")]
    [InlineData("[Int!]!", "[1,null]", "Expected non-nullable type \"Int!\" not to be null. at 1")]
    [InlineData("In", "{\"a\":1}", "{\"a\":1,\"b\":\"x\"}")]
    [InlineData("In", "{\"b\":null}", "Field \"a\" of required type \"Int!\" was not provided.")]
    [InlineData(
        "In", "{\"a\":1,\"bb\":1}", "Field \"bb\" is not defined by type \"In\". Did you mean \"b\"?")]
    [InlineData("In", "{\"a\":1,\"d\":{\"a\":\"x\"}}", "Int cannot represent non-integer value: \"x\" at d.a")]
    [InlineData("In", "[]", "Expected type \"In\" to be an object.")]
    [InlineData("One", "{\"a\":1}", "{\"a\":1}")]
    [InlineData("One", "{}", "Exactly one key must be specified for OneOf type \"One\".")]
    [InlineData("One", "{\"a\":null}", "Field \"a\" must be non-null. at a")]
    [InlineData("Any", "{\"z\":[1,null]}", "{\"z\":[1,null]}")]
    public void Variables_are_taken_or_refused_in_the_words_of_the_reference(string type, string json, string expected)
    {
        var problems = new List<InputProblem>();
        using var document = JsonDocument.Parse(json);
        var input = InputValues.FromJson(document.RootElement);
        var fits = InputValues.TryCoerce(input, Schema.FindType(Parser.ParseType(type))!, problems, out var value);
        var text = problems.Select(p => p.Path.IsEmpty ? p.Message : $"{p.Message} at {string.Join('.', p.Path)}");
        Assert.Equal(expected, fits ? Json(value) : Assert.Single(text));
    }

    [Theory]
    [InlineData("Int", "1", "1")]
    [InlineData("Int", "1.0", null)]
    [InlineData("Float", "1", "1")]
    [InlineData("ID", "007", null, true)]
    [InlineData("E", "RED", "\"RED\"")]
    [InlineData("E", "\"RED\"", null)]
    [InlineData("[[Int]]", "[1, [2, null]]", "[[1],[2,null]]")]
    [InlineData("In", "{a: $v, b: $w}", "{\"a\":7,\"b\":\"x\"}")]
    [InlineData("In", "{a: $w}", null)]
    [InlineData("[Int]", "[$w, $v]", "[null,7]")]
    [InlineData("[Int!]", "[$w]", null)]
    [InlineData("One", "{a: $v}", "{\"a\":7}")]
    [InlineData("One", "{a: 1, b: \"\"}", null)]
    [InlineData("Int!", "null", null)]
    [InlineData("Any", "{a: [E, 1.5]}", "{\"a\":[\"E\",1.5]}")]
    public void Literals_are_taken_by_their_type(string type, string literal, string? expected, bool isNoDocument = false)
    {
        if (isNoDocument)
        {
            Assert.Throws<SyntaxException>(() => Parser.ParseValue(literal));
            return;
        }
        var variables = new Dictionary<string, object?> { ["v"] = 7 };
        var inputType = Schema.FindType(Parser.ParseType(type))!;
        var fits = Literals.TryCoerce(Parser.ParseValue(literal), inputType, variables, out var value);
        Assert.Equal(expected, fits ? Json(value) : null);
    }

    [Theory]
    [InlineData("Int", true, "1")]
    [InlineData("Int", "12", "12")]
    [InlineData("Int", 1.5, "Int cannot represent non-integer value: 1.5")]
    [InlineData("Int", 1e10, "Int cannot represent non 32-bit signed integer value: 10000000000")]
    [InlineData("Float", 1.5f, "1.5")]
    [InlineData("Float", "x", "Float cannot represent non numeric value: \"x\"")]
    [InlineData("Float", double.NaN, "Float cannot represent non numeric value: NaN")]
    [InlineData("String", false, "\"false\"")]
    [InlineData("String", 1e21, "\"1e+21\"")]
    [InlineData("Boolean", 2, "true")]
    [InlineData("Boolean", "true", "Boolean cannot represent a non boolean value: \"true\"")]
    [InlineData("ID", 7L, "\"7\"")]
    [InlineData("ID", 7.5, "ID cannot represent value: 7.5")]
    public void Results_are_written_or_refused_in_the_words_of_the_reference(string type, object value, string expected)
    {
        using var output = new JsonOutput();
        var codec = ((ScalarType)Schema.FindType(type)!).Codec;
        if (expected.Contains("cannot", StringComparison.Ordinal))
        {
            Assert.Equal(expected, Assert.Throws<LeafException>(() => codec.Write(output, value)).Message);
            Assert.Equal(0, output.Length);
            return;
        }
        codec.Write(output, value);
        Assert.Equal(expected, Encoding.UTF8.GetString(output.Written.Span));
        Assert.Equal(expected, Json(codec.Serialize(value)));
    }

    private static string Json(object? value)
    {
        using var output = new JsonOutput();
        output.WriteValue(value);
        return Encoding.UTF8.GetString(output.Written.Span);
    }
}
