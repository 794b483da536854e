using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.Tests.GraphQL.Execution;

public sealed class DataLoaderTests
{
    private const string Sdl = """
        type Query { list(n: Int!): [Item!]! other: Item }
        type Item { id: Int! owner: Owner site: Site! }
        type Owner { id: Int! site: Site! } type Site { id: Int! }
        """;

    private readonly List<string> _batches = [];

    [Fact]
    public async Task All_items_of_a_list_load_with_one_batch()
    {
        var answer = await AskAsync("{ list(n: 100) { id owner { id } } other { owner { id } } }");
        Assert.Equal(["owners 0-9 (10)"], _batches);
        Assert.Contains("""{"id":13,"owner":{"id":3}}""", answer);
        Assert.EndsWith("""
            "other":{"owner":{"id":7}}}}
            """, answer);
    }

    [Fact]
    public async Task What_is_loaded_below_what_is_loaded_comes_in_one_batch_each()
    {
        var answer = await AskAsync("{ list(n: 50) { owner { site { id } } site { id } } }");
        Assert.Equal(["owners 0-9 (10)", "sites 0-4 (5)"], _batches.Order());
        Assert.Contains("""{"owner":{"site":{"id":1}},"site":{"id":0}}""", answer);
    }

    [Fact]
    public async Task Batches_stay_whole_where_continuations_are_posted()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new SynchronizationContext());
        var asking = AskAsync("{ list(n: 50) { owner { site { id } } } }");
        SynchronizationContext.SetSynchronizationContext(before);
        await asking;
        Assert.Equal(["owners 0-9 (10)", "sites 0-4 (5)"], _batches);
    }

    [Fact]
    public async Task A_key_that_fails_is_an_error_of_those_who_asked_for_it()
    {
        var answer = await AskAsync("{ list(n: 3) { owner { id } } }", broken: 1);
        Assert.Equal(
            """{"errors":[{"message":"No owner 1.","locations":[{"line":1,"column":16}],"path":["list",1,"owner"]}],"data":{"list":[{"owner":{"id":0}},{"owner":null},{"owner":{"id":2}}]}}""",
            answer);
    }

    [Fact]
    public async Task A_batch_that_fails_is_an_error_of_all()
    {
        var answer = await AskAsync("{ list(n: 2) { owner { id } } }", broken: -1);
        Assert.Equal(2, answer.Split("\"message\":\"No database.\"").Length - 1);
    }

    [Fact]
    public async Task Large_batches_are_cut_and_what_is_known_is_not_loaded_again()
    {
        var schema = new SchemaBuilder().Add("type Query { all: [Int!]! }").Resolve("Query", "all", async context =>
        {
            var loader = context.Loader<Squares>();
            loader.Prime(5, 25);
            var all = await loader.LoadAsync(Enumerable.Range(0, 8).Append(0));
            loader.Clear(7);
            return all.Append(await loader.LoadAsync(7)).Append(await loader.LoadAsync(6)).ToList();
        }).Build();
        Assert.Equal(
            """{"data":{"all":[0,1,4,9,16,25,36,49,0,49,36]}}""",
            await new RequestExecutor(schema).AskAsync(new GraphQLRequest { Query = "{ all }", Services = new Services(_batches, null) }));
        Assert.Equal(["squares 0-2 (3)", "squares 3-6 (3)", "squares 7-7 (1)", "squares 7-7 (1)"], _batches);
    }

    private Task<string> AskAsync(string query, int? broken = null)
    {
        var schema = new SchemaBuilder().Add(Sdl)
            .Resolve("Query", "list", context => new(Enumerable.Range(0, context.Argument<int>("n")).ToArray()))
            .Resolve("Query", "other", _ => new(7))
            .Read("Item", "id", id => id).Read("Owner", "id", id => id).Read("Site", "id", id => id)
            .Resolve("Item", "owner", async context => await context.Loader<Owners>().LoadAsync((int)context.Parent! % 10))
            .Resolve("Item", "site", async context => await context.Loader<Sites>().LoadAsync((int)context.Parent! / 10 % 5))
            .Resolve("Owner", "site", async context => await context.Loader<Sites>().LoadAsync((int)context.Parent! % 5))
            .Build();
        var services = new Services(_batches, broken);
        return new RequestExecutor(schema).AskAsync(new GraphQLRequest { Query = query, Services = services });
    }

    private sealed class Services(List<string> log, int? broken) : IServiceProvider
    {
        public object? GetService(Type type) => type == typeof(List<string>) ? log : type == typeof(Faults) ? new Faults(broken) : null;
    }

    private sealed record Faults(int? Key);

    private sealed class Owners(List<string> log, Faults faults) : DataLoader<int, object>
    {
        protected override async Task FetchAsync(Batch<int, object> batch, CancellationToken cancel)
        {
            await Task.Yield();
            log.Add($"owners {batch.Keys.Min()}-{batch.Keys.Max()} ({batch.Keys.Count})");
            foreach (var key in batch.Keys)
            {
                if (faults.Key == -1)
                {
                    throw new InvalidOperationException("No database.");
                }
                if (faults.Key == key)
                {
                    batch.Fail(key, new InvalidOperationException($"No owner {key}."));
                    continue;
                }
                batch.Set(key, key);
            }
        }
    }

    private sealed class Sites(List<string> log) : DataLoader<int, object>
    {
        protected override Task FetchAsync(Batch<int, object> batch, CancellationToken cancel)
        {
            log.Add($"sites {batch.Keys.Min()}-{batch.Keys.Max()} ({batch.Keys.Count})");
            batch.SetAll(batch.Keys.Select(key => (object)key), key => (int)key);
            return Task.CompletedTask;
        }
    }

    private sealed class Squares(List<string> log) : DataLoader<int, int>
    {
        protected override int MaxBatch => 3;

        protected override Task FetchAsync(Batch<int, int> batch, CancellationToken cancel)
        {
            log.Add($"squares {batch.Keys.Min()}-{batch.Keys.Max()} ({batch.Keys.Count})");
            batch.SetAll(batch.Keys.ToDictionary(key => key, key => key * key));
            return Task.CompletedTask;
        }
    }
}
