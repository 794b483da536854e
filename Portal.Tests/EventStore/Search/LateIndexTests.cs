using Npgsql;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore.Search;

public sealed class LateIndexTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task Of_a_store_with_much_in_it_the_table_is_filled_first_and_gets_its_indices_then()
    {
        await AdministerAsync("""
            insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash)
            select 1, 'sample-' || n / 10, 1 + n % 10, gen_random_uuid(), 'sample_opened', 1, ('{"name":"s' || n || '"}')::json,
                '{"actor":"a","actorKind":"user","door":"page","correlationId":"00000000-0000-0000-0000-000000000001"}'::json, now(), '\x00'
            from generate_series(10, 25009) n
            """);
        await ReopenAsync(new SampleIndex());
        await Database.CaughtUpAsync();
        while (await MissingAsync() > 0) await Task.Yield();

        Assert.Equal(new EventCount(25_000, false), await Database.Search.CountAsync(new(), Cancel));
        var found = await Database.Search.PageAsync(new() { Text = "S20003" }, true, 10, Cancel);
        Assert.Equal("sample-2000", Assert.Single(found.Events).Stream);
        var many = await Database.Search.CountAsync(new() { Actor = "a" }, Cancel);
        Assert.True(many is { Estimated: true, Number: > 10_000 }, $"{many}");
        Assert.Equal(25_000, (await Database.Search.ReadAsync(new() { Door = "page" }, Cancel).ToListAsync(Cancel)).Sum(some => some.Count));
    }

    // Nothing is waited for but the database.
    private async Task<long> MissingAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand("""
            select 10 - count(*) from pg_index i join pg_class c on c.oid = i.indexrelid
            where i.indisvalid and c.relname like 'sample\_index\_by\_%'
            """);
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
