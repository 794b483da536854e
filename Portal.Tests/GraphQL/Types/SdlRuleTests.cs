using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class SdlRuleTests
{
    [Theory]
    [InlineData("schema { query: Query } schema { mutation: Query }", "Must provide only one schema definition. (1:46)")]
    [InlineData("extend schema { query: Query query: Query }", "There can be only one query type in schema. (1:38, 1:51)")]
    [InlineData("scalar Query", "There can be only one type named \"Query\". (1:6, 1:29)")]
    [InlineData("enum E { A } extend enum E { A }", "Enum value \"E.A\" can only be defined once. (1:31, 1:51)")]
    [InlineData("extend type Query { a: Int }", "Field \"Query.a\" can only be defined once. (1:14, 1:42)")]
    [InlineData("type T { a(x: Int, x: Int): Int }", "Argument \"T.a(x:)\" can only be defined once. (1:33, 1:41)")]
    [InlineData("directive @d(x: Int, x: Int) on FIELD", "Argument \"@d(x:)\" can only be defined once. (1:35, 1:43)")]
    [InlineData(
        "directive @d on FIELD directive @d on FIELD", "There can be only one directive named \"@d\". (1:33, 1:55)")]
    [InlineData("type T { a: Quer }", "Unknown type \"Quer\". Did you mean \"Query\"? (1:34)")]
    [InlineData("type T { a: Strin }", "Unknown type \"Strin\". Did you mean \"String\"? (1:34)")]
    [InlineData("type T @d { a: Int }", "Unknown directive \"@d\". (1:29)")]
    [InlineData("type T @deprecated { a: Int }", "Directive \"@deprecated\" may not be used on OBJECT. (1:29)")]
    [InlineData(
        "scalar S @specifiedBy(url: \"a\") extend scalar S @specifiedBy(url: \"b\")",
        "The directive \"@specifiedBy\" can only be used once at this location. (1:31, 1:70)")]
    [InlineData(
        "extend type Qery { b: Int }",
        "Cannot extend type \"Qery\" because it is not defined. Did you mean \"Query\"? (1:34)")]
    [InlineData("extend enum Query { B }", "Cannot extend non-enum type \"Query\". (1:1, 1:22)")]
    [InlineData(
        "type T { a: Int @deprecated(reasn: \"x\") }",
        "Unknown argument \"reasn\" on directive \"@deprecated\". Did you mean \"reason\"? (1:50)")]
    [InlineData(
        "type T { a: Int @deprecated(reason: \"x\", reason: \"y\") }",
        "There can be only one argument named \"reason\". (1:50, 1:63)")]
    [InlineData("input I { a: I = {a: null, a: null} }", "There can be only one input field named \"a\". (1:40, 1:49)")]
    [InlineData(
        "scalar S @specifiedBy",
        "Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is required, but it was not provided. (1:31)")]
    public void Definitions_that_do_not_go_together_are_refused_in_the_words_of_the_reference(string sdl, string error)
    {
        var document = Parser.Parse("type Query { a:Int } " + sdl);
        Assert.Equal(error, Assert.Single(SdlValidator.Validate(document)).ToString());
        Assert.Throws<SchemaException>(() => new SchemaBuilder().Add(document).BuildUnvalidated());
    }

    [Fact]
    public void Errors_come_in_the_order_of_the_document()
    {
        var errors = SdlValidator.Validate(Parser.Parse("type A { a: Xyz b: Uvw @z } extend enum B { C }"));
        Assert.Equal(
            ["Unknown type \"Xyz\".", "Unknown type \"Uvw\".", "Unknown directive \"@z\".",
             "Cannot extend type \"B\" because it is not defined. Did you mean \"A\"?"],
            errors.Select(error => error.Message));
    }

    [Theory]
    [InlineData("type T { a: Int @deprecated(reason: 1) }", "Argument \"reason\" has invalid value 1.")]
    [InlineData("scalar S @specifiedBy(url: null)", "Argument \"url\" of non-null type \"String!\" must not be null.")]
    public void Built_in_directives_say_what_they_cannot_read(string sdl, string message)
    {
        var refusal = Assert.Throws<SchemaException>(() => Schema.FromSdl("type Query { a: Int } " + sdl));
        Assert.Equal(message, Assert.Single(refusal.Errors).Message);
    }
}
