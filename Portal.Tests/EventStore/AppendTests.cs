using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

public sealed class AppendTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task What_was_appended_is_read_back()
    {
        var appended = await Store.AppendedAsync("sample-1", 0, new SampleOpened("Größe \u0001 \"q\""), new SampleCounted(3, "mm"));

        var read = await Store.AllAsync("sample-1");

        Assert.Equal([2], appended.Versions);
        Assert.Equal([1, 2], read.Select(one => one.Version));
        Assert.Equal(appended.Position, read[1].Position);
        Assert.Equal([new SampleOpened("Größe \u0001 \"q\""), new SampleCounted(3, "mm")], read.Select(one => one.Body));
        Assert.All(read, one => Assert.Equal(Samples.Metadata, one.Metadata));
    }

    [Fact]
    public async Task An_event_may_have_another_cause_than_those_beside_it()
    {
        NewEvent first = Samples.New(new SampleOpened("a")), second = Samples.New(new SampleCounted(1, "mm")) with { Cause = first.Id };
        await Store.AppendAsync([new("sample-1", 0, [first, second], Samples.Metadata)], Cancel);

        Assert.Equal([Samples.Metadata, Samples.Metadata with { CausationId = first.Id }],
            (await Store.AllAsync("sample-1")).Select(recorded => recorded.Metadata));
        Assert.True((await Database.VerifyAsync(null, Cancel)).Holds);
    }

    [Fact]
    public async Task A_stream_that_moved_on_is_a_conflict_and_nothing_is_written()
    {
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("a"));

        var again = await Store.AppendAsync([Samples.Append("sample-1", 0, new SampleOpened("b"))], Cancel);

        Assert.Equal(new AppendResult.Conflict("sample-1", 1), again);
        Assert.Single(await Store.AllAsync("sample-1"));
    }

    [Fact]
    public async Task Of_many_writers_that_expect_the_same_version_exactly_one_wins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            Store.AppendAsync([Samples.Append("sample-1", 0, new SampleOpened($"{i}"))], Cancel)));

        Assert.Single(results, result => result is AppendResult.Appended);
        Assert.Equal(39, results.Count(result => result == new AppendResult.Conflict("sample-1", 1)));
    }

    [Fact]
    public async Task Of_writers_on_two_nodes_exactly_one_wins()
    {
        await using var other = await Samples.OpenAsync(ConnectionString);
        for (var round = 0; round < 20; round++)
        {
            var results = await Task.WhenAll(
                Store.AppendAsync([Samples.Append($"sample-{round}", 0, new SampleOpened("here"))], Cancel),
                other.Store.AppendAsync([Samples.Append($"sample-{round}", 0, new SampleOpened("there"))], Cancel));
            Assert.Single(results, result => result is AppendResult.Appended);
        }
    }

    [Fact]
    public async Task A_stream_that_another_node_went_on_with_is_gone_on_with()
    {
        await using var other = await Samples.OpenAsync(ConnectionString);
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("a"));
        await other.Store.AppendedAsync("sample-1", 1, new SampleCounted(1, "mm"));

        var behind = await Store.AppendAsync([Samples.Append("sample-1", 1, new SampleCounted(2, "mm"))], Cancel);
        await Store.AppendedAsync("sample-1", IEventStore.AnyVersion, new SampleCounted(3, "mm"));
        await other.Store.AppendedAsync("sample-1", IEventStore.AnyVersion, new SampleCounted(4, "mm"));

        Assert.Equal(new AppendResult.Conflict("sample-1", 2), behind);
        Assert.Equal(4, (await Store.AllAsync("sample-1")).Count);
        Assert.True((await Database.VerifyAsync(null, Cancel)).Holds);
    }

    [Fact]
    public async Task Two_nodes_that_append_to_the_same_streams_lose_nothing_and_every_chain_holds()
    {
        await using var other = await Samples.OpenAsync(ConnectionString);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? Store : other.Store).AppendAsync(
            [.. new[] { i % 3, 3 + (i % 5) }.Order().Select(one => Samples.Append($"sample-{one}", IEventStore.AnyVersion, new SampleCounted(i, "mm")))],
            Cancel)));

        var verified = await Database.VerifyAsync(null, Cancel);
        Assert.True(verified.Holds);
        Assert.Equal(400, verified.Events);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_takes_no_stream_back_in_time()
    {
        await using (var ahead = await EventStoreDatabase.StartAsync(
            new() { ConnectionString = ConnectionString, Types = Samples.Types(), Time = new ClockAhead(TimeSpan.FromHours(1)) }, Cancel))
            await ahead.Store.AppendedAsync("sample-1", 0, new SampleOpened("a"));

        await Store.AppendedAsync("sample-1", 1, new SampleCounted(1, "mm"));
        await Store.AppendedAsync("sample-2", 0, new SampleOpened("b"));

        var times = (await Store.AllAsync("sample-1")).Select(one => one.Time).ToList();
        Assert.Equal(times[0], times[1]);
        Assert.True((await Store.AllAsync("sample-2"))[0].Time < times[0]);
    }

    [Fact]
    public async Task A_repeat_with_the_same_ids_writes_nothing_and_answers_the_same()
    {
        StreamAppend[] append = [Samples.Append("sample-1", 0, new SampleOpened("a"), new SampleCounted(1, "mm"))];
        var first = Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(append, Cancel));
        await Store.AppendedAsync("sample-1", 2, new SampleClosed(SampleEnd.Kept));

        var second = Assert.IsType<AppendResult.Appended>(await Store.AppendAsync(append, Cancel));

        Assert.True(second.Repeated);
        Assert.Equal(first.Versions, second.Versions);
        Assert.Equal(first.Position, second.Position);
        Assert.Equal(3, (await Store.AllAsync("sample-1")).Count);
    }

    [Fact]
    public async Task A_repeat_that_is_there_in_part_is_a_conflict()
    {
        var known = Samples.New(new SampleOpened("a"));
        await Store.AppendAsync([new("sample-1", 0, [known], Samples.Metadata)], Cancel);

        var mixed = await Store.AppendAsync(
            [new("sample-1", IEventStore.AnyVersion, [known, Samples.New(new SampleOpened("b"))], Samples.Metadata)], Cancel);

        Assert.Equal(new AppendResult.Conflict("sample-1", 1), mixed);
    }

    [Fact]
    public async Task A_known_id_with_the_version_that_stands_there_is_a_repeat_and_leaves_others_alone()
    {
        var known = Samples.New(new SampleOpened("a"));
        await Store.AppendAsync([new("sample-1", 0, [known], Samples.Metadata)], Cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store.AppendAsync(i == 9
            ? [new("sample-1", 1, [known], Samples.Metadata)]
            : [Samples.Append($"other-{i}", 0, new SampleOpened("b"))], Cancel)));

        Assert.All(results, result => Assert.IsType<AppendResult.Appended>(result));
        Assert.Equal([9], Enumerable.Range(0, 20).Where(i => results[i] is AppendResult.Appended { Repeated: true }));
        Assert.Single(await Store.AllAsync("sample-1"));
    }

    [Fact]
    public async Task Several_streams_are_written_all_or_none()
    {
        await Store.AppendedAsync("sample-2", 0, new SampleOpened("there"));

        var refused = await Store.AppendAsync(
            [Samples.Append("sample-1", 0, new SampleOpened("a")), Samples.Append("sample-2", 0, new SampleOpened("b"))], Cancel);
        var written = await Store.AppendAsync(
            [Samples.Append("sample-1", 0, new SampleOpened("a")), Samples.Append("sample-2", 1, new SampleOpened("b"))], Cancel);

        Assert.Equal(new AppendResult.Conflict("sample-2", 1), refused);
        Assert.Equal([1, 2], Assert.IsType<AppendResult.Appended>(written).Versions);
        Assert.Single(await Store.AllAsync("sample-1"));
    }

    [Fact]
    public async Task An_append_that_the_database_refuses_does_not_take_others_with_it()
    {
        var appends = Enumerable.Range(0, 30).Select(i => Store.AppendAsync(
            [Samples.Append(i == 7 ? "sample-\0" : $"sample-{i}", 0, new SampleOpened("a"))], Cancel)).ToList();

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => appends[7]);
        appends.RemoveAt(7);
        Assert.All(await Task.WhenAll(appends), result => Assert.IsType<AppendResult.Appended>(result));
    }

    [Fact]
    public async Task Events_cannot_be_changed_by_statements()
    {
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("a"));

        foreach (var sql in new[] { "update portal_events.events set type = 'x'", "delete from portal_events.events",
            "truncate portal_events.events" })
            Assert.Equal("23001", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => SqlAsync(sql))).SqlState);
    }

    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
