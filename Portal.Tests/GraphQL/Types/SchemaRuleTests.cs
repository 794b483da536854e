using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Types;

public sealed class SchemaRuleTests
{
    [Theory]
    [InlineData("type T { __a: Int }", "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type __T { a: Int }", "Name \"__T\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type T", "Type T must define one or more fields.")]
    [InlineData("union U", "Union type U must define one or more member types.")]
    [InlineData("enum E", "Enum type E must define one or more values.")]
    [InlineData("input I", "Input Object type I must define one or more fields.")]
    [InlineData("union U = Query | Query", "Union type U can only include type Query once.")]
    [InlineData("union U = Query | Int", "Union type U can only include Object types, it cannot include Int.")]
    [InlineData("input I { a: Query }", "The type of I.a must be Input Type but got: Query.")]
    [InlineData("input I { a: Int } type T { a: [I!] }", "The type of T.a must be Output Type but got: [I!].")]
    [InlineData("type T { a(b: Query!): Int }", "The type of T.a(b:) must be Input Type but got: Query!.")]
    [InlineData("directive @d(a: Query) on FIELD", "The type of @d(a:) must be Input Type but got: Query.")]
    [InlineData("type T { a(b: Int! @deprecated): Int }", "Required argument T.a(b:) cannot be deprecated.")]
    [InlineData("input I { b: Int! @deprecated }", "Required input field I.b cannot be deprecated.")]
    [InlineData("directive @d(b: Int! @deprecated) on FIELD", "Required argument @d(b:) cannot be deprecated.")]
    [InlineData("input I @oneOf { a: Int! }", "OneOf input field I.a must be nullable.")]
    [InlineData("input I @oneOf { a: Int = 1 }", "OneOf input field I.a cannot have a default value.")]
    [InlineData("type T implements Query { a: Int }", "Type T must only implement Interface types, it cannot implement Query.")]
    [InlineData("type T implements N & N { n: N }", "Type T can only implement N once.")]
    [InlineData("type T implements N { m: N }", "Interface field N.n expected but T does not provide it.")]
    [InlineData("type T implements N { n: Int }", "Interface field N.n expects type N but T.n is type Int.")]
    [InlineData("type T implements N { n(a: Int!): N }", "Object field T.n includes required argument a that is missing from " +
        "the Interface field N.n.")]
    [InlineData("interface I { a(b: Int): Int } type T implements I { a: Int }",
        "Interface field argument I.a(b:) expected but T.a does not provide it.")]
    [InlineData("interface I { a(b: Int): Int } type T implements I { a(b: Int!): Int }",
        "Interface field argument I.a(b:) expects type Int but T.a(b:) is type Int!.")]
    [InlineData("interface I implements N { n: N } type T implements I { n: N }",
        "Type T must implement N because it is implemented by I.")]
    [InlineData("interface I implements I { a: Int }",
        "Type I cannot implement itself because it would create a circular reference.")]
    [InlineData("input I { i: J! } input J { j: I! }",
        "Cannot reference Input Object \"I\" within itself through a series of non-null fields: \"i.j\".")]
    [InlineData("extend schema { mutation: N }", "Mutation root type must be Object type if provided, it cannot be N.")]
    public void Rules_are_told_in_the_words_of_the_reference(string sdl, string message)
    {
        var schema = new SchemaBuilder().Add("type Query { a: Int } interface N { n: N } " + sdl).BuildUnvalidated();
        Assert.Equal(message, Assert.Single(SchemaValidator.Validate(schema)).Message);
    }

    [Fact]
    public void A_schema_needs_queries()
    {
        var schema = new SchemaBuilder().Add("schema { mutation: M } type M { a: Int }").BuildUnvalidated();
        Assert.Equal("Query root type must be provided. (1:1)", Assert.Single(SchemaValidator.Validate(schema)).ToString());
    }

    [Theory]
    [InlineData("interface I { a: N } type T implements I { a: U } type V { n: N } union U = V", false)]
    [InlineData("interface I { a: N } type T implements I { a: V! } type V implements N { n: V }", true)]
    [InlineData("interface I { a: [N] } type T implements I { a: [V!]! } type V implements N { n: V }", true)]
    [InlineData("interface I { a: U } type T implements I { a: V } type V { n: N } union U = V", true)]
    [InlineData("input I { i: I j: [I!]! k: J! } input J { i: [I!]! }", true)]
    [InlineData("directive @d(a: Int = 1 @deprecated) on FIELD", true)]
    public void Types_may_promise_more_than_their_interfaces(string sdl, bool isRight)
    {
        var schema = new SchemaBuilder().Add("type Query { a: Int } interface N { n: N } " + sdl).BuildUnvalidated();
        Assert.Equal(isRight, SchemaValidator.Validate(schema).IsEmpty);
    }

    [Theory]
    [InlineData("type T { a(b: Int = \"x\"): Int }", "T.a(b:)")]
    [InlineData("type T { a(b: E = B): Int } enum E { A }", "T.a(b:)")]
    [InlineData("directive @d(a: [Int!] = [null]) on FIELD", "@d(a:)")]
    [InlineData("input I { a: Int! = null }", "I.a")]
    [InlineData("type T { a(b: [I] = {c: 1}): Int } input I { a: Int }", "T.a(b:)")]
    [InlineData("input I { a: I = {} }", "I.a")]
    [InlineData("input I { a: J = {} } input J { b: I = {} }", "I.a")]
    [InlineData("input I { a: [I!] = [{b: 1}] b: Int }", "I.a")]
    public void A_default_that_is_no_value_of_its_type_is_refused(string sdl, string coordinate)
    {
        var refusal = Assert.Throws<SchemaException>(() => Schema.FromSdl("type Query { a: Int } " + sdl));
        var message = Assert.Single(refusal.Errors).Message;
        Assert.StartsWith(coordinate + " has invalid default value", message, StringComparison.Ordinal);
    }
}
