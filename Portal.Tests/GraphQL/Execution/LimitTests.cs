using Portal.GraphQL.Execution;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;
using Portal.GraphQL.Validation;
using Portal.Tests.GraphQL.Fuzz;
using Portal.Tests.GraphQL.Validation;

namespace Portal.Tests.GraphQL.Execution;

public sealed class LimitTests
{
    private const string Sdl = """
        directive @cost(weight: Float!) on FIELD_DEFINITION | OBJECT
        directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!]) on FIELD_DEFINITION
        type Query {
          a: A runs(first: Int = 20): Runs free: [A] known: [A] @listSize(assumedSize: 3)
          top(n: Int!): [A] @listSize(slicingArguments: ["n"]) dear: A @cost(weight: 50)
        }
        type Runs { edges: [Edge] nodes: [A] total: Int } type Edge { node: A }
        type A { x: Int a: A }
        """;

    private const int SmallStack = 512 * 1024;

    private int _ran;

    [Theory]
    [InlineData("{ a { a { a { x } } } }", "DEPTH_LIMIT")]
    [InlineData("{ a { ...F } } fragment F on A { a { ... on A { a { x } } } }", "DEPTH_LIMIT")]
    [InlineData("{ a { x } free { x } known { x } dear { x } top(n: 1) { x } }", "FIELD_LIMIT")]
    [InlineData("{ p: a { x } q: a { x } r: a { x } }", "ALIAS_LIMIT")]
    [InlineData("{ top(n: 101) { x } }", "COST_LIMIT")]
    [InlineData("{ runs(first: 60) { nodes { x } edges { node } } }", "COST_LIMIT")]
    [InlineData("{ __schema { types { name } } }", "INTROSPECTION_DISABLED")]
    [InlineData("{ a { x }", "SYNTAX_ERROR")]
    [InlineData("{ a { x } a { x } a { x } a { x } a { x } a { x } a { x } a { x } a { x } a { x } }", "TOO_MANY_TOKENS")]
    public async Task What_is_beyond_a_limit_is_refused_before_anything_runs(string query, string code)
    {
        var executor = Make(new ExecutorOptions
        {
            MaxDepth = 3, MaxFields = 8, MaxAliases = 2, MaxCost = 100, AllowsIntrospection = false,
            Parsing = new ParseOptions { MaxTokens = 40 },
        });
        using var result = await executor.ExecuteAsync(new GraphQLRequest { Query = query });
        Assert.Equal(ResultKind.Refusal, result.Kind);
        Assert.Equal(code, Assert.Single(result.Errors).Extensions!["code"]);
        Assert.Equal(0, _ran);
    }

    [Theory]
    [InlineData("{ a { x } }", 1)]
    [InlineData("{ a { x } a { a { x } } }", 2)]
    [InlineData("{ free { x } }", 10)]
    [InlineData("{ known { x a { x } } }", 6)]
    [InlineData("{ top(n: 7) { x } }", 7)]
    [InlineData("{ dear { x } }", 51)]
    [InlineData("{ runs { total } }", 1)]
    [InlineData("{ runs { edges { node { x } } } }", 41)]
    [InlineData("{ runs(first: 5) { edges { node { x } } nodes { x } } }", 16)]
    [InlineData("query($n: Int = 4) { runs(first: $n) { nodes { x } } }", 5)]
    [InlineData("{ a { ...F } } fragment F on A { a { x } a { x } }", 2)]
    [InlineData("{ __type(name: \"A\") { fields { name } } }", 0)]
    public async Task The_cost_is_told_on_demand(string query, int cost)
    {
        var answer = await Make(new ExecutorOptions()).AskAsync(new GraphQLRequest { Query = query, WantsCost = true });
        Assert.EndsWith($",\"extensions\":{{\"cost\":{cost}}}}}", answer);
    }

    [Fact]
    public async Task Sizes_in_variables_count_for_each_request()
    {
        var executor = Make(new ExecutorOptions { MaxCost = 50 });
        const string query = "query($n: Int!) { top(n: $n) { x } }";
        Assert.StartsWith("{\"data\":", await executor.AskAsync(new GraphQLRequest { Query = query, Variables = Of(50) }));
        Assert.Equal(
            """{"errors":[{"message":"The operation costs 51, and at most 50 is allowed: ask for smaller pages.","extensions":{"code":"COST_LIMIT","cost":51,"limit":50}}]}""",
            await executor.AskAsync(new GraphQLRequest { Query = query, Variables = Of(51) }));
    }

    [Fact]
    public async Task Introspection_does_not_multiply()
    {
        var query = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }";
        using var result = await Make(new ExecutorOptions()).ExecuteAsync(new GraphQLRequest { Query = query });
        Assert.Equal("DEPTH_LIMIT", Assert.Single(result.Errors).Extensions!["code"]);
    }

    [Fact]
    public async Task Fragments_that_double_at_each_level_cost_no_time()
    {
        var fragments = Enumerable.Range(0, 60).Select(i => $"fragment F{i} on A {{ p: a {{ ...F{i + 1} }} q: a {{ ...F{i + 1} }} }}");
        var query = $"{{ a {{ ...F0 }} }} {string.Join(' ', fragments)} fragment F60 on A {{ x }}";
        var options = new ExecutorOptions { MaxDepth = 1000, MaxAliases = int.MaxValue };
        using var result = await Make(options).ExecuteAsync(new GraphQLRequest { Query = query });
        Assert.Equal("FIELD_LIMIT", Assert.Single(result.Errors).Extensions!["code"]);
    }

    public static TheoryData<string> Kinds => [.. LongDocuments.All(1).Select(kind => kind.Name)];

    [Theory, MemberData(nameof(Kinds))]
    public void Long_documents_made_to_do_harm_are_answered_on_a_small_stack(string kind) =>
        AskOnSmallStack(LongDocuments.All(15_000).Single(document => document.Name == kind).Text);

    [Fact]
    public void Short_documents_made_to_do_harm_are_answered_on_a_small_stack() =>
        AskOnSmallStack([.. NastyDocuments.Seeds]);

    // Also by an engine that checks no rules, which lets more of them through.
    private static void AskOnSmallStack(params string[] documents)
    {
        var engines = new[]
        {
            new RequestExecutor(Rules.Pets),
            new RequestExecutor(Rules.Pets, new ExecutorOptions
            {
                Rules = (schema, document) => [.. DocumentValidator.Validate(schema, document)
                    .Select(error => new GraphQLError(error.Message))],
            }),
        };
        var answers = new List<string>();
        var thread = new Thread(
            () =>
            {
                foreach (var engine in engines)
                {
                    answers.AddRange(documents.Select(text => engine.AskAsync(text).GetAwaiter().GetResult()));
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        Assert.Equal(engines.Length * documents.Length, answers.Count);
        Assert.All(answers, answer => Assert.Matches("^{\"(data|errors)\":", answer));
    }

    private static Dictionary<string, object?> Of(long n) => new() { ["n"] = n };

    private RequestExecutor Make(ExecutorOptions options)
    {
        var builder = new SchemaBuilder().Add(Sdl);
        foreach (var field in new[] { "a", "runs", "free", "known", "top", "dear" })
        {
            builder.Resolve("Query", field, _ =>
            {
                _ran++;
                return new((object?)null);
            });
        }
        return new RequestExecutor(builder.Build(), options);
    }
}
