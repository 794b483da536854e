using Npgsql;
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
            select portal_events.append('{}', '{0}', '{slow}', '{0}', '{1}', array['{"actor":"a","actorKind":"user","door":"page"}'],
                array[gen_random_uuid()], '{sample_opened}', '{1}', array['{"name":"slow"}'])
            """, slow))
            await insert.ExecuteNonQueryAsync(Cancel);

        await Store.AppendedAsync("sample-1", 0, new SampleOpened("fast"));
        Assert.Empty(await Store.ReadAllAsync(0, 10, Cancel));
        Assert.Equal(0, await Store.LastPositionAsync(Cancel));
        await transaction.CommitAsync(Cancel);
        await follower.UntilAsync(2);

        Assert.Equal(["slow", "sample-1"], follower.Seen.Select(one => one.Stream));
    }
}
