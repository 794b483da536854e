using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Execution;

public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Fields_that_wait_run_beside_each_other_and_keep_their_order()
    {
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());
        var schema = new SchemaBuilder().Add("type Query { a: Int b: Int c: Int }")
            .Resolve("Query", "a", async _ =>
            {
                await two.Task;
                one.SetResult();
                return 1;
            })
            .Resolve("Query", "b", async _ =>
            {
                two.SetResult();
                await one.Task;
                return 2;
            })
            .Resolve("Query", "c", _ => new(3)).Build();
        Assert.Equal("""{"data":{"a":1,"b":2,"c":3}}""", await schema.AskAsync("{ a b c }"));
    }

    [Fact]
    public async Task Mutations_run_one_after_another_with_all_that_is_below_them()
    {
        var log = new List<string>();
        var schema = new SchemaBuilder().Add("type Query { a: Int } type Mutation { m(x: Int): M } type M { below: Int now: Int }")
            .Resolve("Mutation", "m", async context =>
            {
                log.Add($"m{context.Argument<int>("x")}");
                await Task.Yield();
                return context.Argument<int>("x");
            })
            .Resolve("M", "below", async context =>
            {
                await Task.Yield();
                log.Add($"below{context.Parent}");
                return context.Parent;
            })
            .Read("M", "now", parent => parent).Build();
        Assert.Equal(
            """{"data":{"a":{"below":1,"now":1},"b":{"now":2},"c":{"now":3,"below":3}}}""",
            await schema.AskAsync("mutation { a: m(x: 1) { below now } b: m(x: 2) { now } c: m(x: 3) { now below } }"));
        Assert.Equal(["m1", "below1", "m2", "m3", "below3"], log);
    }

    [Fact]
    public async Task A_mutation_that_takes_all_with_it_ends_the_row()
    {
        var ran = new List<int>();
        var schema = new SchemaBuilder().Add("type Query { a: Int } type Mutation { m(x: Int): Int! }")
            .Resolve("Mutation", "m", async context =>
            {
                var x = context.Argument<int>("x");
                ran.Add(x);
                await Task.Yield();
                return x == 2 ? null : x;
            }).Build();
        var answer = await schema.AskAsync("mutation { a: m(x: 1) b: m(x: 2) c: m(x: 3) }");
        Assert.EndsWith("\"path\":[\"b\"]}],\"data\":null}", answer);
        Assert.Equal([1, 2], ran);
    }

    [Fact]
    public async Task A_stream_is_answered_as_a_list()
    {
        var schema = new SchemaBuilder().Add("type Query { a: [String!] broken: [String] later: [String] }")
            .Resolve("Query", "a", _ => new(Items(false))).Resolve("Query", "broken", _ => new(Items(true)))
            .Resolve("Query", "later", async _ =>
            {
                await Task.Yield();
                return Items(false);
            }).Build();
        Assert.Equal(
            """{"errors":[{"message":"Cut.","locations":[{"line":1,"column":5}],"path":["broken"]}],"data":{"a":["x","y"],"broken":null,"later":["x","y"]}}""",
            await schema.AskAsync("{ a broken later }"));
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_ends()
    {
        using var cancel = new CancellationTokenSource();
        var schema = new SchemaBuilder().Add("type Query { a: Int b: Int }")
            .Resolve("Query", "a", async context =>
            {
                await cancel.CancelAsync();
                await Task.Delay(Timeout.Infinite, context.Cancel);
                return 1;
            }).Build();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new RequestExecutor(schema).AskAsync(new GraphQLRequest { Query = "{ a b }" }, cancel.Token));
    }

    [Fact]
    public async Task What_takes_too_long_is_answered_with_a_code_even_if_its_resolver_does_not_listen()
    {
        var never = new TaskCompletionSource();
        var schema = new SchemaBuilder().Add("type Query { a: Int }").Resolve("Query", "a", async _ =>
        {
            await never.Task;
            return 1;
        }).Build();
        var executor = new RequestExecutor(schema, new ExecutorOptions { TimeLimit = TimeSpan.FromMilliseconds(20) });
        Assert.Equal(
            """{"errors":[{"message":"The answer took longer than 0.02 s.","extensions":{"code":"TIME_LIMIT"}}],"data":null}""",
            await executor.AskAsync("{ a }"));
        never.SetResult();
    }

    [Fact]
    public async Task Answers_of_many_requests_at_a_time_do_not_mix()
    {
        var schema = new SchemaBuilder().Add("type Query { echo(x: Int!): Echo } type Echo { x: Int later: Int }")
            .Resolve("Query", "echo", context => new(context.Argument<int>("x")))
            .Read("Echo", "x", parent => parent)
            .Resolve("Echo", "later", async context =>
            {
                await Task.Yield();
                return context.Parent;
            }).Build();
        var executor = new RequestExecutor(schema);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i => Assert.Equal(
            """{"data":{"a":{"later":?,"x":?},"b":{"x":?}}}""".Replace("?", $"{i}", StringComparison.Ordinal),
            await executor.AskAsync(new GraphQLRequest
            {
                Query = "query($x: Int!) { a: echo(x: $x) { later x } b: echo(x: $x) { x } }",
                Variables = new Dictionary<string, object?> { ["x"] = (long)i },
            }))));
    }

    private static async IAsyncEnumerable<object?> Items(bool isBroken)
    {
        yield return "x";
        await Task.Yield();
        yield return isBroken ? throw new InvalidOperationException("Cut.") : "y";
    }
}
