using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Execution;

public sealed class SubscriptionTests
{
    private const string Sdl = """
        type Query { a: Int }
        type Subscription {
          ticks(to: Int!): Tick! broken: Tick cut: Tick guarded: Tick loaded: Tick none: Tick scoped: Tick
        }
        type Tick { n: Int odd: Int! }
        """;

    private readonly List<string> _log = [];

    [Fact]
    public async Task Each_event_is_an_answer_and_its_errors_end_nothing()
    {
        Assert.Equal(
            [
                """{"data":{"t":{"n":1,"odd":1}}}""",
                """{"errors":[{"message":"Cannot return null for non-nullable field Tick.odd.","locations":[{"line":1,"column":36}],"path":["t","odd"]}],"data":null}""",
                """{"data":{"t":{"n":3,"odd":3}}}""",
            ],
            await FollowAsync("subscription { t: ticks(to: 3) { n odd } }"));
        Assert.Equal(["open 3", "closed"], _log);
    }

    [Theory]
    [InlineData("subscription { broken { n } }", """{"errors":[{"message":"No source.","locations":[{"line":1,"column":16}],"path":["broken"]}]}""")]
    [InlineData("subscription { none { n } }", """{"errors":[{"message":"Subscription field must return Async Iterable. Received: undefined.","locations":[{"line":1,"column":16}],"path":["none"]}]}""")]
    [InlineData("subscription { unknown }", """{"errors":[{"message":"The subscription field \"unknown\" is not defined.","locations":[{"line":1,"column":16}]}]}""")]
    [InlineData("subscription($n: Int!) { ticks(to: $n) { n } }", """{"errors":[{"message":"Variable \"$n\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":14}],"extensions":{"code":"BAD_VARIABLES"}}]}""")]
    public async Task What_goes_wrong_before_the_first_event_is_a_refusal(string query, string answer)
    {
        using var result = await Make().ExecuteAsync(new GraphQLRequest { Query = query });
        Assert.Equal(ResultKind.Refusal, result.Kind);
        Assert.Equal(answer, result.Text());
    }

    [Fact]
    public async Task Who_stops_following_closes_the_source()
    {
        using var result = await Make().ExecuteAsync(new GraphQLRequest { Query = "subscription { ticks(to: 1000000) { n } }" });
        await foreach (var answer in result.Events!)
        {
            using (answer)
            {
                Assert.Equal("""{"data":{"ticks":{"n":1}}}""", answer.Text());
            }
            break;
        }
        Assert.Equal(["open 1000000", "closed"], _log);
    }

    [Fact]
    public async Task A_cancelled_subscription_closes_its_source_while_it_waits()
    {
        using var cancel = new CancellationTokenSource();
        using var result = await Make().ExecuteAsync(
            new GraphQLRequest { Query = "subscription { ticks(to: -1) { n } }" }, cancel.Token);
        await using var events = result.Events!.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var waiting = events.MoveNextAsync();
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        Assert.Equal(["open -1", "closed"], _log);
    }

    [Fact]
    public async Task The_stream_ends_with_what_its_source_throws()
    {
        using var result = await Make().ExecuteAsync(new GraphQLRequest { Query = "subscription { cut { n } }" });
        await using var events = result.Events!.GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        await Assert.ThrowsAsync<IOException>(async () => await events.MoveNextAsync());
    }

    [Fact]
    public async Task Permission_is_asked_before_the_source_opens_and_again_for_every_event()
    {
        Assert.Equal(
            [
                """{"data":{"guarded":{"n":1}}}""",
                """{"errors":[{"message":"Not any more.","locations":[{"line":1,"column":16}],"path":["guarded"],"extensions":{"code":"FORBIDDEN"}}],"data":{"guarded":null}}""",
            ],
            await FollowAsync("subscription { guarded { n } }"));
        Assert.Equal(["asked", "open 2", "asked", "asked", "closed"], _log);
    }

    [Fact]
    public async Task Each_event_has_loaders_of_its_own_and_the_source_too()
    {
        Assert.Equal(
            ["""{"data":{"loaded":{"n":1}}}""", """{"data":{"loaded":{"n":2}}}"""],
            await FollowAsync("subscription { loaded { n } }"));
        Assert.Equal(["load 2", "open 2", "load 1", "load 2", "closed"], _log);
    }

    [Fact]
    public async Task Each_event_has_scoped_services_of_its_own_which_end_with_its_answer()
    {
        await using var services = new ServiceCollection().AddScoped(_ => new Scoped(_log)).BuildServiceProvider();
        await using var outer = services.CreateAsyncScope();
        await FollowAsync("subscription { scoped { n } }", outer.ServiceProvider);
        Assert.Equal(["made", "open 2", "made", "ended", "made", "ended", "closed"], _log);
        await outer.DisposeAsync();
        Assert.Equal("ended", _log[^1]);
    }

    private async Task<List<string>> FollowAsync(string query, IServiceProvider? services = null)
    {
        using var result = await Make().ExecuteAsync(new GraphQLRequest { Query = query, Services = services });
        Assert.Equal(ResultKind.Events, result.Kind);
        var answers = new List<string>();
        await foreach (var answer in result.Events!)
        {
            using (answer)
            {
                answers.Add(answer.Text());
            }
        }
        return answers;
    }

    private RequestExecutor Make()
    {
        FieldAuthorizer ask = _ =>
        {
            _log.Add("asked");
            return new(_log.Count(line => line == "asked") == 3 ? GraphQLError.Of(ErrorCodes.Forbidden, "Not any more.") : null);
        };
        var builder = new SchemaBuilder().Add(Sdl)
            .Subscribe("Subscription", "ticks", context => new(TicksAsync(context.Argument<int>("to"), context.Cancel)))
            .Subscribe("Subscription", "guarded", context => new(TicksAsync(2, context.Cancel)))
            .Subscribe("Subscription", "broken", _ => throw new InvalidOperationException("No source."))
            .Subscribe("Subscription", "cut", _ => new(CutAsync()))
            .Subscribe("Subscription", "loaded", async context =>
                TicksAsync(await context.Loader<Echo>().LoadAsync(2), context.Cancel))
            .Resolve("Subscription", "loaded", async context => await context.Loader<Echo>().LoadAsync((int)context.Parent!))
            .Subscribe("Subscription", "scoped", context =>
            {
                context.Service<Scoped>();
                return new(TicksAsync(2, context.Cancel));
            })
            .Resolve("Subscription", "scoped", async context =>
            {
                await Task.Yield();
                context.Service<Scoped>();
                return context.Parent;
            })
            .Annotate("Subscription.guarded", FieldAuthorization.Key, ask)
            .Read("Tick", "n", parent => parent).Read("Tick", "odd", parent => (int)parent! % 2 == 1 ? parent : null);
        foreach (var field in new[] { "ticks", "guarded", "cut" })
        {
            builder.Resolve("Subscription", field, context => new(context.Parent));
        }
        Echo.Log = _log;
        return new RequestExecutor(builder.Build());
    }

    private async IAsyncEnumerable<object?> TicksAsync(int to, [EnumeratorCancellation] CancellationToken cancel)
    {
        _log.Add($"open {to}");
        try
        {
            if (to < 0)
            {
                await Task.Delay(Timeout.Infinite, cancel);
            }
            for (var i = 1; i <= to; i++)
            {
                await Task.Yield();
                yield return i;
            }
        }
        finally
        {
            _log.Add("closed");
        }
    }

    private static async IAsyncEnumerable<object?> CutAsync()
    {
        yield return 1;
        await Task.Yield();
        throw new IOException("Gone.");
    }

    private sealed class Scoped : IDisposable
    {
        private readonly List<string> _log;

        public Scoped(List<string> log)
        {
            _log = log;
            _log.Add("made");
        }

        public void Dispose() => _log.Add("ended");
    }

    private sealed class Echo : DataLoader<int, int>
    {
        public static List<string> Log { get; set; } = [];

        protected override Task FetchAsync(Batch<int, int> batch, CancellationToken cancel)
        {
            Log.Add($"load {batch.Keys[0]}");
            batch.Set(batch.Keys[0], batch.Keys[0]);
            return Task.CompletedTask;
        }
    }
}
