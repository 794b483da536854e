using Npgsql;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

public sealed class ProjectionTests(PostgresFixture postgres) : StoreTest(postgres)
{
    protected override Projection[] Projections => [new SampleProjection(), new BriefProjection()];

    [Fact]
    public async Task An_inline_read_model_is_there_with_the_answer()
    {
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("a"), new SampleCounted(2, "mm"));

        Assert.Equal(new SampleBrief("sample-1", 2), await Database.Documents.FindAsync<SampleBrief>("sample-1", Cancel));
    }

    [Fact]
    public async Task An_asynchronous_read_model_has_seen_a_position_once_it_says_so()
    {
        for (var i = 1; i <= 30; i++)
        {
            var appended = await Store.AppendedAsync($"sample-{i}", 0, new SampleOpened("a"), new SampleCounted(i, "mm"));
            await Database.Documents.CaughtUpAsync<SampleView>(appended.Position, Cancel);
            Assert.Equal(i, (await Database.Documents.FindAsync<SampleView>($"sample-{i}", Cancel))!.Total);
        }
    }

    [Fact]
    public async Task A_position_is_seen_only_with_those_below_it_that_come_later_in_the_order()
    {
        await using var early = await ConnectedAsync();
        await using var late = await ConnectedAsync();
        await using var shut = await ConnectedAsync();
        await RunAsync(early, "begin; select pg_current_xact_id()");
        await RunAsync(late, $"begin; {Opened("sample-late")}");
        await RunAsync(early, $"{Opened("sample-early")}; commit");
        var highest = await Store.HighestPositionAsync(Cancel);
        await Database.Documents.CaughtUpAsync<SampleView>(highest, Cancel);

        // Nobody writes rows of the read model until this one ends.
        await RunAsync(shut, "begin; lock table portal_documents.samples in exclusive mode");
        await RunAsync(late, "commit");
        var seen = Database.Documents.CaughtUpAsync<SampleView>(highest, Cancel);
        Assert.NotSame(seen, await Task.WhenAny(seen, Task.Delay(300, Cancel)));
        await RunAsync(shut, "rollback");
        await seen;

        Assert.NotNull(await Database.Documents.FindAsync<SampleView>("sample-late", Cancel));
    }

    [Fact]
    public async Task Rebuilt_from_nothing_the_rows_are_the_same()
    {
        await FillAsync();
        var before = await RowsAsync();

        await ReopenAsync(new SampleProjection(2), new BriefProjection(2));
        await CaughtUpAsync();

        Assert.NotEmpty(before);
        Assert.Equal(before, await RowsAsync());
        Assert.Equal([2, 2], (await Database.ProjectionsAsync(Cancel)).Select(status => status.Version));
    }

    [Fact]
    public async Task A_read_model_added_later_sees_what_was_before()
    {
        await ReopenAsync();
        await FillAsync();

        await ReopenAsync(new SampleProjection(), new BriefProjection());
        await CaughtUpAsync();

        Assert.Equal(100 + 100, (await Database.Documents.FindAsync<SampleBrief>("all", Cancel))!.Events);
        Assert.Equal(90, (await Database.Documents.QueryAsync<SampleView>(new([], Count: true), Cancel)).Total);
    }

    [Fact]
    public async Task A_read_model_that_fails_stands_still_visibly_and_the_others_go_on()
    {
        await ReopenAsync(new SampleProjection(1, recorded => recorded.Stream == "sample-bad"), new BriefProjection());
        var good = await Store.AppendedAsync("sample-good", 0, new SampleOpened("a"));
        await Store.AppendedAsync("sample-bad", 0, new SampleOpened("b"));
        await Store.AppendedAsync("sample-after", 0, new SampleOpened("c"));

        await Database.Documents.CaughtUpAsync<SampleView>(good.Position, Cancel);
        ProjectionStatus status;
        do
            status = (await Database.ProjectionsAsync(Cancel))[0];
        while (status.Failures < 2 || status.Position != good.Position);

        Assert.Contains("sample-bad version 1", status.Error);
        Assert.False(status.CaughtUp);
        Assert.Null(await Database.Documents.FindAsync<SampleView>("sample-after", Cancel));
        Assert.Equal(3, (await Database.Documents.FindAsync<SampleBrief>("all", Cancel))!.Events);

        await ReopenAsync(new SampleProjection(), new BriefProjection());
        await CaughtUpAsync();
        Assert.NotNull(await Database.Documents.FindAsync<SampleView>("sample-after", Cancel));
        Assert.Null((await Database.ProjectionsAsync(Cancel))[0].Error);
    }

    [Fact]
    public async Task An_inline_read_model_that_fails_refuses_its_append_and_no_other()
    {
        await ReopenAsync(new BriefProjection(1, recorded => recorded.Stream == "sample-bad"));

        var appends = Enumerable.Range(0, 20).Select(i => Store.AppendAsync(
            [Samples.Append(i == 5 ? "sample-bad" : $"sample-{i}", 0, new SampleOpened("a"))], Cancel)).ToList();

        await Assert.ThrowsAsync<ProjectionException>(() => appends[5]);
        appends.RemoveAt(5);
        await Task.WhenAll(appends);
        Assert.Empty(await Store.AllAsync("sample-bad"));
        Assert.Equal(19, (await Database.Documents.FindAsync<SampleBrief>("all", Cancel))!.Events);
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_count_nothing_twice()
    {
        await using (var other = await Samples.OpenAsync(ConnectionString, new SampleProjection(), new BriefProjection()))
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => (i % 2 == 0 ? Store : other.Store)
                .AppendedAsync($"sample-{i % 10}", IEventStore.AnyVersion, new SampleOpened("a"), new SampleCounted(1, "mm"))));
            await CaughtUpAsync();
            Assert.Equal(200, (await other.Documents.FindAsync<SampleBrief>("all", Cancel))!.Events);
        }
        var before = await RowsAsync();

        await ReopenAsync(new SampleProjection(2), new BriefProjection(2));
        await CaughtUpAsync();
        Assert.Equal(before, await RowsAsync());
    }

    private async Task FillAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            await Store.AppendedAsync($"sample-{i}", 0, new SampleOpened($"n{i % 7}"), new SampleCounted(i, i % 2 == 0 ? "mm" : "µm"));
            await Store.AppendedAsync($"sample-{i}", 2, new SampleClosed(i % 10 == 0 ? SampleEnd.Thrown : SampleEnd.Kept));
        }));
        if ((await Database.ProjectionsAsync(Cancel)).Count > 0)
            await CaughtUpAsync();
    }

    // Until nothing is left to settle: transactions of other tests delay readers, too.
    private async Task CaughtUpAsync()
    {
        var last = await Store.AppendedAsync($"sample-last-{Guid.NewGuid()}", 0, new SampleClosed(SampleEnd.Thrown));
        await Database.Documents.CaughtUpAsync<SampleView>(last.Position, Cancel);
    }

    private static string Opened(string stream) => $$"""
        insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
        values (1, '{{stream}}', 1, gen_random_uuid(), 'sample_opened', 1, '{"name":"a"}',
            '{"actor":"a","actorKind":"user","door":"page"}', now(), '\x00')
        """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private async Task<NpgsqlConnection> ConnectedAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancel);
        return connection;
    }

    private async Task<List<string>> RowsAsync()
    {
        await using var connection = await ConnectedAsync();
        await using var command = new NpgsqlCommand(
            "select s::text from portal_documents.samples s union all select b::text from portal_documents.briefs b order by 1", connection);
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var found = new List<string>();
        while (await rows.ReadAsync(Cancel))
            found.Add(rows.GetString(0));
        return found;
    }
}
