using System.Text.Json;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Execution;

public sealed class SecretTests
{
    private static readonly Schema Schema = new SchemaBuilder().Add("""
        directive @secret on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        interface Door { open(key: String @secret): Int }
        type Gate implements Door { open(key: String): Int }
        input Keys { key: String @secret name: String keys: [String!] @secret more: [Keys!] bunch: Bunch @secret }
        input Bunch { first: String }
        type Query { a(keys: Keys, key: String @secret, name: String): String door: Door }
        """).Resolve("Query", "a", context => new($"{context.Argument<string>("key")}")).Build();

    [Theory]
    [InlineData("{ a(key: \"s\") }", 1, 10)]
    [InlineData("{ a(key: 7) }", 1, 10)]
    [InlineData("{ a(name: \"n\", keys: {key: \"s\"}) }", 1, 28)]
    [InlineData("{ a(keys: {more: [{name: \"n\"}, {key: \"s\"}]}) }", 1, 38)]
    [InlineData("query($k: String) { a(keys: {keys: [$k, \"s\"]}) }", 1, 41)]
    [InlineData("{ a(keys: {bunch: {first: \"s\"}}) }", 1, 27)]
    [InlineData("{ ... { ...F } } fragment F on Query { a(key: \"s\") }", 1, 47)]
    [InlineData("{ door { open(key: \"s\") } }", 1, 20)]
    [InlineData("query($k: String = \"s\") { a(key: $k) }", 1, 34)]
    [InlineData("query($k: String = \"s\") { ...F } fragment F on Query { a(key: $k) }", 1, 63)]
    [InlineData("query($k: Keys = {key: \"s\"}) { a(keys: $k) }", 1, 24)]
    [InlineData("{ a } query Unused { a(key: \"s\") }", 1, 29)]
    public async Task A_secret_in_the_text_is_refused_before_anything_else_is_looked_at(string query, int line, int column)
    {
        var executor = new RequestExecutor(Schema, new ExecutorOptions
        {
            Rules = (_, _) => throw new InvalidOperationException("Nobody looks at what holds a secret."),
        });
        using var result = await executor.ExecuteAsync(new GraphQLRequest { Query = query });
        var error = Assert.Single(result.Errors);
        Assert.Equal(ErrorCodes.SecretInDocument, error.Extensions!["code"]);
        Assert.Equal((line, column), (error.Locations[0].Line, error.Locations[0].Column));
    }

    [Theory]
    [InlineData("query($k: String) { a(key: $k) }", """{"data":{"a":"s"}}""")]
    [InlineData("query($k: String = null) { a(key: $k, name: \"n\") }", """{"data":{"a":"s"}}""")]
    [InlineData("{ a(key: null, keys: {name: \"n\", key: null}) }", """{"data":{"a":""}}""")]
    [InlineData("query($k: String, $n: String = \"n\") { a(key: $k, name: $n) }", """{"data":{"a":"s"}}""")]
    public async Task Variables_null_and_what_is_no_secret_may_stand_there(string query, string answer) => Assert.Equal(
        answer, await new RequestExecutor(Schema).AskAsync(new GraphQLRequest
        {
            Query = query, Variables = GraphQLRequest.VariablesOf(JsonElement.Parse("""{"k":"s"}""")),
        }));
}
