using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

public sealed class DocumentTests(PostgresFixture postgres) : StoreTest(postgres)
{
    protected override Projection[] Projections => [new SampleProjection()];

    [Theory]
    [InlineData("name", false)]
    [InlineData("name", true)]
    [InlineData("total", true)]
    [InlineData("ending", false)]
    [InlineData("ending", true)]
    [InlineData("opened", false)]
    [InlineData("id", true)]
    [InlineData(null, false)]
    public async Task Paged_by_cursors_every_row_comes_once_and_in_order(string? orderBy, bool descending)
    {
        await FillAsync(45);
        var whole = await QueryAsync(new([], orderBy, descending, Limit: 100, Count: true));

        var paged = new List<string>();
        for (string? after = null; ;)
        {
            var page = await QueryAsync(new([], orderBy, descending, Limit: 7, After: after));
            paged.AddRange(page.Items.Select(item => item.Id));
            Assert.Equal(page.Items.Count, page.Cursors.Count);
            if ((after = page.Next) is null)
                break;
        }

        var backward = new List<string>();
        for (string? before = null; ;)
        {
            var page = await QueryAsync(new([], orderBy, descending, Limit: 7, Backward: true, Before: before));
            backward.InsertRange(0, page.Items.Select(item => item.Id));
            if ((before = page.Next) is null)
                break;
        }

        Assert.Equal(45, whole.Total);
        Assert.Equal(paged, backward);
        Assert.Equal(whole.Items.Select(item => item.Id), paged);
        Assert.Null(whole.Next);
    }

    [Fact]
    public async Task Paging_is_stable_under_inserts()
    {
        await FillAsync(10);
        var first = await QueryAsync(new([], "name", Limit: 5));

        await FillAsync(10, "aaa");
        var second = await QueryAsync(new([], "name", Limit: 5, After: first.Next));

        Assert.Equal(10, first.Items.Concat(second.Items).Select(item => item.Id).Distinct().Count());
        Assert.All(second.Items, item => Assert.StartsWith("sample", item.Id));
    }

    [Fact]
    public async Task Each_comparison_finds_what_it_says()
    {
        await FillAsync(20);

        Assert.Equal(["sample-03"], await FoundAsync(new("total", Comparison.Equal, 3)));
        Assert.Equal(19, (await FoundAsync(new("total", Comparison.NotEqual, 3L))).Count);
        Assert.Equal(3, (await FoundAsync(new("total", Comparison.Less, 3))).Count);
        Assert.Equal(16, (await FoundAsync(new("total", Comparison.Greater, 3))).Count);
        Assert.Equal(17, (await FoundAsync(new("total", Comparison.AtLeast, 3))).Count);
        Assert.Equal(4, (await FoundAsync(new("total", Comparison.AtMost, 3))).Count);
        Assert.Equal(["sample-03", "sample-05"], await FoundAsync(new("id", Comparison.In, new[] { "sample-03", "sample-05" })));
        Assert.Empty(await FoundAsync(new("total", Comparison.In, Array.Empty<long>())));
        Assert.Equal(10, (await FoundAsync(new("ending", Comparison.Equal, null))).Count);
        Assert.Equal(10, (await FoundAsync(new("ending", Comparison.Equal, SampleEnd.Kept))).Count);
        Assert.Equal(20, (await FoundAsync(new("opened", Comparison.Less, DateTimeOffset.MaxValue))).Count);
        Assert.Equal(20, (await FoundAsync(new("name", Comparison.Contains, "NAME_"))).Count);
        Assert.Equal(2, (await FoundAsync(new("name", Comparison.Contains, "%"))).Count);
        Assert.Equal(20, (await FoundAsync(new("units", Comparison.Contains, "mm"))).Count);
        Assert.Empty(await FoundAsync(new("units", Comparison.Contains, "m")));
        Assert.Empty(await FoundAsync(new("name", Comparison.Equal, "'; drop table portal_documents.samples; --")));
    }

    [Fact]
    public async Task What_does_not_fit_is_refused_with_words()
    {
        await FillAsync(3);
        var cursor = (await QueryAsync(new([], "name", Limit: 1))).Next;
        DocumentQuery[] wrong =
        [
            new([new("name; drop", Comparison.Equal, "x")]),
            new([new("total", Comparison.Equal, "many")]),
            new([new("total", Comparison.Contains, "1")]),
            new([new("name", Comparison.In, "x")]),
            new([], "body"),
            new([], "name\" desc"),
            new([], "units"),
            new([], Limit: 0),
            new([], "total", After: cursor),
            new([], "name", Descending: true, After: cursor),
            new([], "name", After: "not a cursor"),
            new([], "name", Before: cursor),
            new([], "name", After: cursor, Backward: true),
        ];
        foreach (var query in wrong)
            await Assert.ThrowsAsync<DocumentQueryException>(() => QueryAsync(query));
    }

    private Task<DocumentPage<SampleView>> QueryAsync(DocumentQuery query) => Database.Documents.QueryAsync<SampleView>(query, Cancel);

    private async Task<List<string>> FoundAsync(Condition condition) =>
        [.. (await QueryAsync(new([condition], "id"))).Items.Select(item => item.Id)];

    private async Task FillAsync(int count, string prefix = "sample")
    {
        var appended = await Task.WhenAll(Enumerable.Range(0, count).Select(i => Store.AppendedAsync($"{prefix}-{i:00}", 0,
            [new SampleOpened($"{prefix}name_{i % 5}{(i % 10 == 9 ? "%" : "")}"), new SampleCounted(i, "mm"),
            .. i % 2 == 0 ? new object[] { new SampleClosed(SampleEnd.Kept) } : []])));
        await Task.WhenAll(appended.Select(one => Database.Documents.CaughtUpAsync<SampleView>(one.Position, Cancel)));
    }
}
