using Npgsql;
using Portal.Domain.Runs;
using Portal.Jobs.Logs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Logs;

public sealed class LogNewsTests(PostgresFixture postgres)
{
    // Never waited for in full: what is heard is heard before.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_added_is_heard_by_who_listens_to_that_log_and_by_no_other()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        var store = new LogStore(database, 1 << 20);
        await store.PrepareAsync(Cancel);
        var name = new LogName(new(Guid.NewGuid()), "a", 1, null, "stdout");
        using var first = store.Listen(name);
        using var second = store.Listen(name with { });
        using var other = store.Listen(name with { Stream = "stderr" });
        var waiting = first.WaitAsync(Long, Cancel);

        await store.AddAsync(name, 0, [1], complete: false, Cancel);
        await store.AddAsync(name, 1, [2], complete: false, Cancel);

        Assert.True(await waiting);
        // What came before the waiting, and twice, is heard once.
        Assert.True(await second.WaitAsync(Long, Cancel));
        Assert.False(await second.WaitAsync(TimeSpan.Zero, Cancel));
        Assert.False(await other.WaitAsync(TimeSpan.Zero, Cancel));
        // The worker looks again and again while somebody watches: nothing new is no news.
        await store.AddAsync(name, 2, [], complete: false, Cancel);
        Assert.False(await second.WaitAsync(TimeSpan.Zero, Cancel));
        await store.AddAsync(name, 2, [], complete: true, Cancel);
        Assert.True(await second.WaitAsync(Long, Cancel));
    }

    [Fact]
    public async Task Who_has_left_hears_nothing_and_is_in_nobodys_way()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        var store = new LogStore(database, 1 << 20);
        await store.PrepareAsync(Cancel);
        var name = new LogName(new(Guid.NewGuid()), "a", 1, null, "stdout");
        var left = store.Listen(name);
        using var stays = store.Listen(name);
        left.Dispose();
        left.Dispose();
        await store.AddAsync(name, 0, [1], complete: false, Cancel);
        Assert.False(await left.WaitAsync(TimeSpan.Zero, Cancel));
        Assert.True(await stays.WaitAsync(Long, Cancel));
    }
}
