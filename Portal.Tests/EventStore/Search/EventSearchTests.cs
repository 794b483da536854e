using Npgsql;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore.Search;

public sealed class EventSearchTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly Guid Request = Guid.CreateVersion7();

    protected override Projection[] Projections => [new SampleIndex()];

    [Fact]
    public async Task Pages_go_through_everything_in_both_directions()
    {
        foreach (var stream in Enumerable.Range(0, 7)) await Store.AppendedAsync($"sample-{stream}", 0, new SampleOpened($"{stream}"));
        // Before that a reader of all may not see what something under way could still come before.
        await CaughtUpAsync();
        var all = (await Store.ReadAllAsync(0, 100, Cancel)).Select(recorded => recorded.Position).ToList();

        var (up, down) = (new List<long>(), new List<long>());
        for (var page = new EventsFound([], true); page.More; up.AddRange(page.Events.Select(recorded => recorded.Position)))
            page = await Database.Search.PageAsync(new() { After = up.Count == 0 ? null : up[^1] }, newestFirst: false, 3, Cancel);
        for (var page = new EventsFound([], true); page.More; down.AddRange(page.Events.Select(recorded => recorded.Position)))
            page = await Database.Search.PageAsync(new() { Before = down.Count == 0 ? null : down[^1] }, newestFirst: true, 3, Cancel);

        Assert.Equal(all, up);
        Assert.Equal(all.AsEnumerable().Reverse(), down);
        Assert.Equal(new EventCount(7, false), await Database.Search.CountAsync(new(), Cancel));
        Assert.Equal(all[^1], await Database.Search.LastPositionAsync(Cancel));
    }

    [Fact]
    public async Task Each_condition_finds_what_it_names_and_all_together_what_fits_all()
    {
        await Store.AppendAsync([new("sample-a", 0, [Samples.New(new SampleOpened($"{SampleIndex.Thing(1)}", $"{SampleIndex.Thing(2)}"))],
            new("ada", "user", "rest", Request))], Cancel);
        await Store.AppendedAsync("sample-a", 1, new SampleCounted(3, "long Metres"), new SampleCounted(4, $"{SampleIndex.Thing(3)}"));
        await Store.AppendedAsync("sample-b", 0, new SampleOpened("b=\tback\\slash \u00e9l\u00e9phant"), new SampleClosed(SampleEnd.Kept));
        await CaughtUpAsync();

        await FindsAsync(new() { Types = ["sample_counted"] }, "a2", "a3");
        await FindsAsync(new() { Types = ["sample_closed", "sample_opened"] }, "a1", "b1", "b2");
        await FindsAsync(new() { Actor = "ada" }, "a1");
        await FindsAsync(new() { Door = "page" }, "a2", "a3", "b1", "b2");
        await FindsAsync(new() { Correlation = Request }, "a1");
        await FindsAsync(new() { Text = "metres, LONG" }, "a2");
        await FindsAsync(new() { Text = "metre" });
        await FindsAsync(new() { Text = "sample opened slash" }, "b1");
        await FindsAsync(new() { Text = "\u00c9L\u00c9PHANT" }, "b1");
        await FindsAsync(new() { Text = "'" });
        await FindsAsync(new() { Keys = Key("owner", 1) }, "a1", "a2", "a3");
        await FindsAsync(new() { Keys = Key("thing", 2) }, "a1", "a2");
        await FindsAsync(new() { Keys = Key("thing", 2, 3) }, "a1", "a2", "a3");
        await FindsAsync(new() { Keys = Key("thing") });
        await FindsAsync(new() { Keys = Key("thing", 3), Types = ["sample_counted"], Door = "page", Text = "counted" }, "a3");
        await FindsAsync(new() { Keys = Key("thing", 3), Types = ["sample_opened"] });
        await Assert.ThrowsAsync<ArgumentException>(() => Database.Search.PageAsync(new() { Keys = Key("nothing", 1) }, true, 10, Cancel));
    }

    [Fact]
    public async Task What_is_read_as_text_is_what_is_found_and_ends_where_it_was_told()
    {
        await Store.AppendedAsync("sample-a", 0, new SampleOpened("a"), new SampleCounted(3, "m"), new SampleClosed(SampleEnd.Kept));
        var all = await Store.AllAsync("sample-a");
        await CaughtUpAsync();

        var portions = await Database.Search.ReadAsync(new() { UpTo = all[1].Position }, Cancel).ToListAsync(Cancel);
        var read = portions.SelectMany(some => some).ToList();

        Assert.Equal(all.Take(2).Select(recorded =>
            (recorded.Position, recorded.Stream, recorded.Version, recorded.Id, recorded.Type, recorded.Text)),
            read.Select(text => (text.Position, text.Stream, text.Version, text.Id, text.Type, text.Body)));
        Assert.Equal(all[0].Hash.ToArray(), read[0].Hash);
        Assert.Equal(all[0].Time.UtcDateTime, read[0].Time);
        Assert.Contains($"\"actor\":\"{Samples.Metadata.Actor}\"", read[0].Metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_of_a_slow_transaction_comes_in_its_turn()
    {
        await using var slow = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await slow.OpenAsync(Cancel);
        await using var transaction = await slow.BeginTransactionAsync(Cancel);
        await using (var insert = new NpgsqlCommand("""
            insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
            values (1, 'slow', 1, gen_random_uuid(), 'sample_opened', 1, '{"name":"slow"}', '{"actorKind":"user"}', now(), '\x00'),
                (1, 'slow', 2, gen_random_uuid(), 'unheard_of', 1, '{"name":"\ud800 half"}', '{"actor":"a","door":"page"}', now(), '\x00')
            """, slow))
            await insert.ExecuteNonQueryAsync(Cancel);
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("fast"));
        await transaction.CommitAsync(Cancel);
        await CaughtUpAsync();

        var found = await Database.Search.PageAsync(new(), newestFirst: false, 10, Cancel);
        Assert.Equal((await Store.ReadAllAsync(0, 10, Cancel)).Select(recorded => recorded.Position),
            found.Events.Select(one => one.Position));
        Assert.Equal(["slow", "slow", "sample-1"], found.Events.Select(recorded => recorded.Stream));
        await FindsAsync(new() { Text = "half unheard" }, "w2");
    }

    [Fact]
    public async Task Made_anew_it_has_the_same_rows()
    {
        foreach (var stream in Enumerable.Range(0, 20))
            await Store.AppendedAsync($"sample-{stream}", 0,
                new SampleOpened($"{SampleIndex.Thing(stream)}"), new SampleCounted(stream, "m"));
        await CaughtUpAsync();
        var rows = await RowsAsync();
        await ReopenAsync(new SampleIndex(2));
        await CaughtUpAsync();

        Assert.Equal(rows, await RowsAsync());
        Assert.Equal(41, rows.Split('\n').Length);
    }

    private Task CaughtUpAsync() => Database.CaughtUpAsync();

    private Task<string> RowsAsync() => Database.RowsAsync(ConnectionString);

    private static Dictionary<string, IReadOnlyCollection<Guid>> Key(string name, params int[] things) =>
        new() { [name] = [.. things.Select(SampleIndex.Thing)] };

    // Each by the last letter of its stream and its version.
    private async Task FindsAsync(EventSearch search, params string[] expected)
    {
        var found = await Database.Search.PageAsync(search, newestFirst: false, 100, Cancel);
        Assert.Equal(expected, found.Events.Select(recorded => $"{recorded.Stream[^1]}{recorded.Version}"));
        var turned = await Database.Search.PageAsync(search, newestFirst: true, 100, Cancel);
        Assert.Equal(expected.Reverse(), turned.Events.Select(recorded => $"{recorded.Stream[^1]}{recorded.Version}"));
        Assert.Equal(new EventCount(expected.Length, false), await Database.Search.CountAsync(search, Cancel));
    }
}

internal static class SearchGround
{
    public static async Task CaughtUpAsync(this EventStoreDatabase database)
    {
        var cancel = TestContext.Current.CancellationToken;
        await database.Documents.CaughtUpAsync<SampleIndex>(await database.Store.HighestPositionAsync(cancel), cancel);
    }

    /// <summary>The table as text, a line of names first.</summary>
    public static async Task<string> RowsAsync(this EventStoreDatabase _, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        using var rows = await connection.BeginTextExportAsync(
            "copy (select * from portal_documents.sample_index order by number) to stdout (header true, format csv)",
            TestContext.Current.CancellationToken);
        return (await rows.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd();
    }
}
