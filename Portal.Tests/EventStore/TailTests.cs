using Npgsql;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

public sealed class TailTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task A_follower_gets_what_stands_there_and_then_what_comes()
    {
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("a"), new SampleCounted(1, "mm"));
        await using var follower = new Follower(Database.Tail, 0);
        await follower.UntilAsync(2);

        await Store.AppendedAsync("sample-1", 2, new SampleClosed(SampleEnd.Kept));
        await follower.UntilAsync(3);

        Assert.Equal([1, 2, 3], follower.Seen.Select(one => one.Version));
    }

    [Fact]
    public async Task Many_followers_each_get_every_event_once_and_in_order()
    {
        await using var other = await Samples.OpenAsync(ConnectionString);
        var followers = Enumerable.Range(0, 10).Select(i => new Follower(i % 2 == 0 ? Database.Tail : other.Tail, 0)).ToList();

        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => (i % 3 == 0 ? other.Store : Store)
            .AppendedAsync($"sample-{i}", 0, new SampleOpened($"{i}"), new SampleCounted(i, "mm"))));

        foreach (var follower in followers)
        {
            await follower.UntilAsync(600);
            Assert.Equal(followers[0].Seen.Select(one => one.Position), follower.Seen.Select(one => one.Position));
            await follower.DisposeAsync();
        }
        Assert.Equal(600, followers[0].Seen.Select(one => one.Position).Distinct().Count());
    }

    [Fact]
    public async Task A_slow_transaction_delays_readers_and_is_not_skipped()
    {
        await using var follower = new Follower(Database.Tail, 0);
        await using var slow = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await slow.OpenAsync(Cancel);
        await using var transaction = await slow.BeginTransactionAsync(Cancel);
        await using (var insert = new NpgsqlCommand("""
            insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
            values (1, 'slow', 1, gen_random_uuid(), 'sample_opened', 1, '{"name":"slow"}',
                '{"actor":"a","actorKind":"user","door":"page"}', now(), '\x00')
            """, slow))
            await insert.ExecuteNonQueryAsync(Cancel);

        await Store.AppendedAsync("sample-1", 0, new SampleOpened("fast"));
        Assert.Empty(await Store.ReadAllAsync(0, 10, Cancel));
        Assert.Equal(0, await Store.LastPositionAsync(Cancel));
        await transaction.CommitAsync(Cancel);
        await follower.UntilAsync(2);

        Assert.Equal(["slow", "sample-1"], follower.Seen.Select(one => one.Stream));
    }

    [Fact]
    public async Task A_transaction_in_another_database_of_the_server_delays_nobody()
    {
        await using var elsewhere = new NpgsqlConnection(await Postgres.CreateDatabaseAsync() + ";Pooling=false");
        await elsewhere.OpenAsync(Cancel);
        await using var transaction = await elsewhere.BeginTransactionAsync(Cancel);
        await using (var write = new NpgsqlCommand("create table slow (id integer)", elsewhere))
            await write.ExecuteNonQueryAsync(Cancel);

        var appended = await Store.AppendedAsync("sample-1", 0, new SampleOpened("fast"));

        Assert.Equal(appended.Position, await Store.LastPositionAsync(Cancel));
        Assert.Single(await Store.ReadAllAsync(0, 10, Cancel));
    }

    [Fact]
    public async Task What_was_read_once_is_read_again_whatever_ends_in_other_databases()
    {
        var address = await Postgres.CreateDatabaseAsync();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var traffic = Enumerable.Range(0, 8).Select(_ => TrafficAsync(address, enough.Token)).ToList();
        var lost = 0;
        for (var count = 1; count <= 200; count++)
        {
            await Store.AppendedAsync($"sample-{count}", 0, new SampleOpened("a"));
            while (await LastAsync() < count) Cancel.ThrowIfCancellationRequested();
            for (var again = 0; again < 5; again++)
                lost += await LastAsync() < count ? 1 : 0;
        }
        await enough.CancelAsync();
        await Task.WhenAll(traffic);
        Assert.Equal(0, lost);

        async Task<int> LastAsync() => (await Store.ReadAllAsync(0, 1000, Cancel)).Count;
    }

    [Fact]
    public async Task Cut_connections_miss_and_repeat_nothing()
    {
        await using var other = await Samples.OpenAsync(ConnectionString);
        await using var follower = new Follower(other.Tail, 0);
        await Store.AppendedAsync("sample-0", 0, new SampleOpened("a"));
        await follower.UntilAsync(1);

        for (var i = 1; i <= 10; i++)
        {
            await AdministerAsync("select pg_terminate_backend(pid) from pg_stat_activity "
                + "where datname = current_database() and pid <> pg_backend_pid()");
            await Store.AppendedAsync($"sample-{i}", 0, new SampleOpened("a"));
        }
        await follower.UntilAsync(11);

        Assert.Equal(Enumerable.Range(0, 11).Select(i => $"sample-{i}"), follower.Seen.Select(one => one.Stream));
    }

    [Fact]
    public async Task What_no_notification_told_of_is_found_all_the_same()
    {
        await using var follower = new Follower(Database.Tail, 0);
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("a"));
        await follower.UntilAsync(1);

        await SqlAsync("""
            insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
            values (1, 'quiet', 1, gen_random_uuid(), 'sample_of_tomorrow', 1, '{"name":"quiet"}',
                '{"actor":"a","actorKind":"user","door":"page"}', now(), '\x00')
            """);
        await follower.UntilAsync(2);

        Assert.Equal(new UnknownEvent("sample_of_tomorrow", """{"name":"quiet"}"""), follower.Seen[1].Body);
    }

    [Fact]
    public async Task A_slow_follower_holds_nobody_up_and_misses_nothing()
    {
        var go = new TaskCompletionSource();
        await using var slow = new Follower(Database.Tail, 0, () => go.Task);
        await using var quick = new Follower(Database.Tail, 0);

        for (var i = 1; i <= 400; i++)
            await Store.AppendedAsync($"sample-{i}", 0, new SampleOpened("a"));
        await quick.UntilAsync(400);
        go.SetResult();
        await slow.UntilAsync(400);

        Assert.Equal(quick.Seen.Select(one => one.Position), slow.Seen.Select(one => one.Position));
    }

    [Fact]
    public async Task A_follower_of_the_future_gets_only_what_comes()
    {
        await Store.AppendedAsync("sample-1", 0, new SampleOpened("a"));
        await using var witness = new Follower(Database.Tail, 0);
        await witness.UntilAsync(1);
        await using var follower = new Follower(Database.Tail, null);

        for (var i = 2; follower.Seen.Count == 0; i++)
            await Store.AppendedAsync($"sample-{i}", 0, new SampleOpened("a"));

        Assert.DoesNotContain(follower.Seen, one => one.Stream == "sample-1");
    }

    // Transactions that take an id, last for a moment and end.
    private static async Task TrafficAsync(string address, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(CancellationToken.None);
        while (!cancel.IsCancellationRequested)
        {
            await using var act = new NpgsqlCommand(
                "begin; select pg_current_xact_id(); select pg_sleep(0.003 * random()); commit", connection);
            await act.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
