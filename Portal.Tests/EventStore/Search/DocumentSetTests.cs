using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore.Search;

/// <summary>The events of all documents of a read model that meet conditions, however many these are and wherever their events
/// stand.</summary>
public sealed class DocumentSetTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const int Things = 40, Nearest = 4_000;

    protected override Projection[] Projections => [new SampleIndex(), new SampleProjection()];

    [Fact]
    public async Task Their_events_are_found_near_and_far_in_both_directions()
    {
        // Events of the things take turns; those with odd numbers are of the set.
        foreach (var round in Enumerable.Range(0, 3)) await RoundAsync(round);
        await FillAsync(Nearest + 10);
        await RoundAsync(3, only: 5);
        await FillAsync(Nearest + 10);
        await CaughtUpAsync();
        var odd = new DocumentSet("owner", typeof(SampleView), [new("name", Comparison.In, Names(1))]);
        var expected = await ExpectedAsync(1);

        Assert.Equal((Things / 2 * 4) + 1, expected.Count);
        Assert.Equal(expected, await PagesAsync(new() { Among = odd }, newestFirst: false));
        Assert.Equal(expected.AsEnumerable().Reverse(), await PagesAsync(new() { Among = odd }, newestFirst: true));
        Assert.Equal(expected, await ReadAsync(new() { Among = odd }));
        Assert.Equal(new EventCount(expected.Count, false), await Database.Search.CountAsync(new() { Among = odd }, Cancel));
        await CaughtUpAsync();

        // With other conditions: the thing's own, a type, a word, a place, and what nothing meets.
        var counted = await Database.Search.PageAsync(new() { Among = odd, Types = ["sample_counted"], Text = "round2" }, true,
            100, Cancel);
        Assert.Equal(Things / 2, counted.Events.Count);
        var one = new Dictionary<string, IReadOnlyCollection<Guid>> { ["owner"] = [SampleIndex.Thing(3), SampleIndex.Thing(4)] };
        Assert.Equal(4, (await PagesAsync(new() { Among = odd, Keys = one }, newestFirst: true)).Count);
        Assert.Equal(expected.Skip(7), await PagesAsync(new() { Among = odd, After = expected[6] }, newestFirst: false));
        Assert.Empty(await PagesAsync(new() { Among = odd with { Where = [new("name", Comparison.Equal, "none")] } },
            newestFirst: true));
        Assert.Empty(await PagesAsync(new() { Among = odd, Types = ["sample_closed"] }, newestFirst: true));
        Assert.Equal(new EventCount(0, false), await Database.Search.CountAsync(new() { Among = odd,
            Types = ["sample_closed"] }, Cancel));
        await Assert.ThrowsAsync<DocumentQueryException>(() => Database.Search.PageAsync(
            new() { Among = odd with { Where = [new("nothing", Comparison.Equal, "x")] } }, true, 10, Cancel));
    }

    [Fact]
    public async Task Many_are_estimated_by_what_some_of_the_documents_have()
    {
        foreach (var thing in Enumerable.Range(0, 6))
            await Store.AppendedAsync(StreamOf(thing), 0, [new SampleOpened($"{SampleIndex.Thing(thing)}"),
                .. Enumerable.Range(0, 2_999).Select(number => new SampleCounted(number, "m"))]);
        await CaughtUpAsync();

        var count = await Database.Search.CountAsync(new() { Among = new("owner", typeof(SampleView),
            [new("name", Comparison.In, Names(0))]) }, Cancel);
        Assert.Equal(new EventCount(9_000, false), count);
        count = await Database.Search.CountAsync(new() { Among = new("owner", typeof(SampleView), []) }, Cancel);
        Assert.Equal(new EventCount(18_000, true), count);
    }

    private static string StreamOf(int thing) => SampleIndex.Thing(thing).ToString("n");

    private static string[] Names(int rest) => [.. Enumerable.Range(0, Things).Where(thing => thing % 2 == rest)
        .Select(thing => SampleIndex.Thing(thing).ToString())];

    private async Task RoundAsync(int round, int? only = null)
    {
        foreach (var thing in Enumerable.Range(0, Things).Where(thing => only is null || thing == only))
            await Store.AppendedAsync(StreamOf(thing), round == 0 ? 0 : round + 1, round == 0
                ? [new SampleOpened($"{SampleIndex.Thing(thing)}"), new SampleCounted(1, "round0")]
                : [new SampleCounted(round, $"round{round}")]);
    }

    // What is of no thing at all.
    private Task FillAsync(int count) => Store.AppendedAsync(Guid.CreateVersion7().ToString("n"), 0,
        [new SampleOpened("filler"), .. Enumerable.Range(1, count).Select(number => new SampleCounted(number, "filler"))]);

    private async Task CaughtUpAsync()
    {
        await Database.CaughtUpAsync();
        await Database.Documents.CaughtUpAsync<SampleView>(await Store.HighestPositionAsync(Cancel), Cancel);
    }

    private async Task<List<long>> ExpectedAsync(int rest)
    {
        var streams = Enumerable.Range(0, Things).Where(thing => thing % 2 == rest).Select(StreamOf).ToHashSet();
        return [.. (await Store.ReadAllAsync(0, 20_000, Cancel)).Where(recorded => streams.Contains(recorded.Stream))
            .Select(recorded => recorded.Position)];
    }

    private async Task<List<long>> PagesAsync(EventSearch search, bool newestFirst)
    {
        var found = new List<long>();
        for (var page = new EventsFound([], true); page.More; found.AddRange(page.Events.Select(recorded => recorded.Position)))
            page = await Database.Search.PageAsync(found.Count == 0 ? search
                : newestFirst ? search with { Before = found[^1] } : search with { After = found[^1] }, newestFirst, 7, Cancel);
        return found;
    }

    private async Task<List<long>> ReadAsync(EventSearch search) =>
        [.. (await Database.Search.ReadAsync(search, Cancel).ToListAsync(Cancel)).SelectMany(some => some).Select(text =>
            text.Position)];
}
