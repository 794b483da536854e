using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

public sealed class ChainTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task Untouched_chains_hold()
    {
        await FillAsync();

        var report = await Database.VerifyAsync(null, Cancel);

        Assert.True(report.Holds);
        Assert.Equal((3, 12), (report.Streams, report.Events));
    }

    [Fact]
    public async Task The_database_computes_the_same_hashes()
    {
        await FillAsync();
        await using var source = Npgsql.NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand("""
            select count(*) from (select *, lag(hash, 1, decode(repeat('00', 32), 'hex'))
                over (partition by stream order by version) as previous from portal_events.events) e
            where hash = portal_events.event_hash(previous, stream, version, id, type, type_version, body::text, metadata::text, time)
            """);

        Assert.Equal(12L, await command.ExecuteScalarAsync(Cancel));
    }

    [Theory]
    [InlineData("update portal_events.events set body = '{\"name\":\"b\"}' where stream = 'sample-2' and version = 3", 3)]
    [InlineData("update portal_events.events set body = (body::text || ' ')::json where stream = 'sample-2' and version = 1", 1)]
    [InlineData("update portal_events.events set metadata = '{}' where stream = 'sample-2' and version = 2", 2)]
    [InlineData("update portal_events.events set time = time + interval '1 microsecond' where stream = 'sample-2' and version = 4", 4)]
    [InlineData("update portal_events.events set id = gen_random_uuid() where stream = 'sample-2' and version = 2", 2)]
    [InlineData("delete from portal_events.events where stream = 'sample-2' and version = 2", 2)]
    [InlineData("delete from portal_events.events where stream = 'sample-2' and version = 1", 1)]
    [InlineData("update portal_events.events set version = -version + 5 + 100 where stream = 'sample-2' and version in (2, 3);"
        + "update portal_events.events set version = version - 100 where stream = 'sample-2' and version > 100", 2)]
    [InlineData("update portal_events.events set version = version + 100 where stream = 'sample-2' and version > 2;"
        + "update portal_events.events set version = version - 99 where stream = 'sample-2' and version > 100;"
        + "insert into portal_events.events (epoch, stream, version, id, type, type_version, body, metadata, time, hash) "
        + "select epoch, stream, 3, gen_random_uuid(), type, type_version, body, metadata, time, hash from portal_events.events "
        + "where stream = 'sample-2' and version = 2", 3)]
    public async Task An_event_tampered_with_is_named(string tampering, long version)
    {
        await FillAsync();
        await AdministerAsync($"set session_replication_role = replica; {tampering}");

        var fault = Assert.Single((await Database.VerifyAsync(null, Cancel)).Faults);

        Assert.Equal(("sample-2", version), (fault.Stream, fault.Version));
        Assert.False((await Database.VerifyAsync("sample-2", Cancel)).Holds);
        Assert.True((await Database.VerifyAsync("sample-1", Cancel)).Holds);
    }

    [Fact]
    public async Task Folding_ends_where_it_is_told()
    {
        await FillAsync();
        var all = await Store.AllAsync("sample-2");

        Task<(int State, long Version)> FoldAsync(StreamBound? until) =>
            Store.FoldAsync("sample-2", 0, (sum, one) => sum + (one.Body is SampleCounted counted ? counted.Amount : 0), until, Cancel);

        Assert.Equal((3, 4), await FoldAsync(null));
        Assert.Equal((1, 2), await FoldAsync(new(Version: 2)));
        Assert.Equal((1, 2), await FoldAsync(new(Position: all[1].Position)));
        Assert.Equal((0, 0), await FoldAsync(new(Moment: all[0].Time.AddMicroseconds(-1))));
        Assert.Equal((3, 4), await FoldAsync(new(Moment: all[3].Time)));
    }

    private async Task FillAsync()
    {
        foreach (var stream in new[] { "sample-1", "sample-2", "sample-3" })
        {
            await Store.AppendedAsync(stream, 0, new SampleOpened("ä\n€"), new SampleCounted(1, "mm"));
            await Store.AppendedAsync(stream, 2, new SampleCounted(2, "mm"), new SampleClosed(SampleEnd.Kept));
        }
    }
}
