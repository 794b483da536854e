using Npgsql;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

public sealed class ReadEachTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task Each_stream_comes_once_and_whole_and_what_does_not_exist_does_not_come()
    {
        // More than are read together; their events lie between one another in the table.
        var names = Enumerable.Range(0, 900).Select(number => $"sample-{number}").ToList();
        foreach (var amount in Enumerable.Range(1, 3))
            await Store.AppendAsync(
                [.. names.Select(name => Samples.Append(name, amount - 1, new SampleCounted(amount, name)))], Cancel);

        var read = await Store.ReadEachAsync([.. names, "sample-none", "sample-1", "sample-899"], Cancel).ToListAsync(Cancel);

        Assert.Equal(names.Order(), read.Select(events => events[0].Stream).Order());
        Assert.All(read, events =>
        {
            Assert.Equal([1, 2, 3], events.Select(one => one.Version));
            Assert.Equal(Enumerable.Range(1, 3).Select(amount => new SampleCounted(amount, events[0].Stream)),
                events.Select(one => one.Body));
        });
        Assert.Empty(await Store.ReadEachAsync(["sample-none"], Cancel).ToListAsync(Cancel));
        Assert.Empty(await Store.ReadEachAsync([], Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task A_stream_read_alone_is_the_same()
    {
        foreach (var name in new[] { "sample-1", "sample-2" })
            await Store.AppendedAsync(
                name, 0, new SampleOpened("a"), new SampleCounted(3, "mm"), new SampleClosed(SampleEnd.Kept));

        await foreach (var events in Store.ReadEachAsync(["sample-2", "sample-1"], Cancel))
            Assert.Equivalent(await Store.AllAsync(events[0].Stream), events, strict: true);
    }

    // More than lies in the buffers on the way, so that connections are cut while rows pass.
    [Fact]
    public async Task When_connections_break_between_it_goes_on_with_what_is_left()
    {
        var names = Enumerable.Range(0, 60).Select(number => $"sample-{number:d2}").ToList();
        var note = new string('n', 200_000);
        foreach (var name in names)
            await Store.AppendedAsync(name, 0, new SampleOpened("a", note), new SampleOpened("b", note));
        var (seen, cut) = (new List<string>(), 0L);

        await foreach (var events in Store.ReadEachAsync(names, Cancel))
        {
            Assert.Equal([1, 2], events.Select(one => one.Version));
            seen.Add(events[0].Stream);
            if (seen.Count is 1 or 20)
                cut += await CutAsync();
        }

        Assert.Equal(names, seen);
        Assert.Equal(2, cut);
    }

    [Fact]
    public async Task Who_stops_early_leaves_no_connection_in_use()
    {
        foreach (var name in new[] { "sample-1", "sample-2" })
            await Store.AppendedAsync(name, 0, new SampleOpened("a"));

        // More often than the pool of connections is large.
        for (var turn = 0; turn < 30; turn++)
            await foreach (var events in Store.ReadEachAsync(["sample-1", "sample-2"], Cancel))
            {
                Assert.Single(events);
                break;
            }
        Assert.Equal(2, (await Store.ReadStreamsAsync(["sample-1", "sample-2"], Cancel)).Count);
    }

    private async Task<long> CutAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Cancel);
        await using var command = new NpgsqlCommand("""
            select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity
            where state = 'active' and query like '%e.stream = any%' and pid <> pg_backend_pid() and datname = current_database()
            """, connection);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
