using System.Text.Json;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Execution;

public sealed class RequestExecutorTests
{
    private static readonly Schema Schema = new SchemaBuilder()
        .Add("type Query { a(x: Int): String secret: String caller: String } type Mutation { m: Int } type Closed { x: Int }")
        .Resolve("Query", "a", context => new($"{context.Arguments[0]}"))
        .Resolve("Query", "secret", _ => new("s")).Resolve("Query", "caller", context => new(context.Request.Caller))
        .Resolve("Mutation", "m", _ => new(1))
        .Annotate("Query.secret", FieldAuthorization.Key, (FieldAuthorizer)AskAsync).Build();

    [Theory]
    [InlineData("{ a }", "Other", "Unknown operation named \"Other\".")]
    [InlineData("query A { a } query B { a }", null, "Must provide operation name if query contains multiple operations.")]
    [InlineData("fragment F on Query { a }", null, "Must provide an operation.")]
    public async Task An_operation_that_is_not_there_is_refused(string query, string? name, string message)
    {
        using var result = await new RequestExecutor(Schema).ExecuteAsync(new GraphQLRequest { Query = query, OperationName = name });
        Assert.Equal(message, Assert.Single(result.Errors).Message);
        Assert.Equal(ErrorCodes.NoOperation, result.Errors[0].Extensions!["code"]);
    }

    [Fact]
    public async Task Documents_are_checked_once_and_what_breaks_a_rule_is_neither_run_nor_kept()
    {
        var checks = 0;
        var executor = new RequestExecutor(Schema, new ExecutorOptions
        {
            Rules = (_, document) =>
            {
                checks++;
                return document.Definitions.Length > 1 ? [GraphQLError.Of(ErrorCodes.Invalid, "Too many.")] : [];
            },
        });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("""{"data":{"a":""}}""", await executor.AskAsync("{ a }"));
            Assert.Equal(
                """{"errors":[{"message":"Too many.","extensions":{"code":"VALIDATION_FAILED"}}]}""",
                await executor.AskAsync("query A { a } query B { a }"));
        }
        Assert.Equal(1 + 3, checks);
    }

    [Fact]
    public async Task The_documents_that_are_kept_do_not_grow_without_end()
    {
        var checks = 0;
        var executor = new RequestExecutor(Schema, new ExecutorOptions
        {
            CachedDocuments = 10, LongestCached = 50,
            Rules = (_, _) =>
            {
                checks++;
                return [];
            },
        });
        for (var i = 0; i < 100; i++)
        {
            await executor.AskAsync($"{{ a(x: {i}) }}");
            await executor.AskAsync("{ a }");
        }
        Assert.Equal(101, checks);
        await executor.AskAsync("{ a(x: 1) }");
        await executor.AskAsync("{ a }" + new string(' ', 100));
        await executor.AskAsync("{ a }" + new string(' ', 100));
        Assert.Equal(104, checks);
    }

    [Fact]
    public async Task Persisted_documents_are_run_by_their_id_and_others_refused_where_only_they_are_wanted()
    {
        var executor = new RequestExecutor(Schema, new ExecutorOptions
        {
            OnlyPersisted = true, FindDocument = (id, _) => new(id == "one" ? "{ a(x: 1) }" : null),
        });
        Assert.Equal("""{"data":{"a":"1"}}""", await executor.AskAsync(new GraphQLRequest { DocumentId = "one" }));
        Assert.Contains("DOCUMENT_NOT_FOUND", await executor.AskAsync(new GraphQLRequest { DocumentId = "two" }));
        Assert.Contains("ONLY_PERSISTED_DOCUMENTS", await executor.AskAsync("{ a }"));
        Assert.Contains("NO_QUERY", await new RequestExecutor(Schema).AskAsync(new GraphQLRequest()));
    }

    [Fact]
    public async Task Only_queries_are_run_where_only_they_may_be()
    {
        var request = new GraphQLRequest { Query = "mutation { m }", OnlyQueries = true };
        Assert.Contains("ONLY_QUERIES", await new RequestExecutor(Schema).AskAsync(request));
        Assert.Equal("""{"data":{"m":1}}""", await new RequestExecutor(Schema).AskAsync(request with { OnlyQueries = false }));
    }

    [Fact]
    public async Task Permission_is_asked_before_the_resolver()
    {
        var executor = new RequestExecutor(Schema);
        Assert.Equal(
            """{"errors":[{"message":"Not for nobody.","locations":[{"line":1,"column":3}],"path":["secret"],"extensions":{"code":"FORBIDDEN"}}],"data":{"secret":null,"caller":"nobody"}}""",
            await executor.AskAsync(new GraphQLRequest { Query = "{ secret caller }", Caller = "nobody" }));
        Assert.Equal(
            """{"data":{"secret":"s"}}""",
            await executor.AskAsync(new GraphQLRequest { Query = "{ secret }", Caller = "me" }));
    }

    [Fact]
    public async Task Conditions_follow_the_variables_of_each_request()
    {
        var executor = new RequestExecutor(Schema);
        const string query = "query($s: Boolean! $i: Boolean! = true) { a @skip(if: $s) caller @include(if: $i) }";
        foreach (var (json, answer) in new[]
        {
            ("""{"s":true}""", """{"data":{"caller":null}}"""),
            ("""{"s":false}""", """{"data":{"a":"","caller":null}}"""),
            ("""{"s":true,"i":false}""", """{"data":{}}"""),
            ("""{"s":true}""", """{"data":{"caller":null}}"""),
        })
        {
            using var variables = JsonDocument.Parse(json);
            Assert.Equal(answer, await executor.AskAsync(
                new GraphQLRequest { Query = query, Variables = GraphQLRequest.VariablesOf(variables.RootElement) }));
        }
    }

    [Fact]
    public async Task Errors_pass_the_filter_of_the_host()
    {
        var schema = new SchemaBuilder().Add("type Query { a: Int }")
            .Resolve("Query", "a", _ => throw new IOException("/etc/secret")).Build();
        var executor = new RequestExecutor(schema, new ExecutorOptions
        {
            ErrorFilter = error => error.Fault is IOException ? error with { Message = "Something broke." } : error,
        });
        Assert.StartsWith("""{"errors":[{"message":"Something broke.",""", await executor.AskAsync("{ a }"));
    }

    private static async ValueTask<GraphQLError?> AskAsync(ResolverContext context)
    {
        await Task.Yield();
        return context.Request.Caller is "me"
            ? null
            : GraphQLError.Of(ErrorCodes.Forbidden, $"Not for {context.Request.Caller}.");
    }
}
