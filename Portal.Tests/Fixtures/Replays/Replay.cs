using Npgsql;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Composition;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Shows of a store that a portal filled that its read models can be made again: the same events give the same rows, of
/// all projections that the portal has, and what is folded from each stream agrees with them. Done in a copy.</summary>
public static class Replay
{
    private static readonly EventTypes Types = new(typeof(RunSubmitted).Assembly);

    /// <summary>Fails where a row would come out differently, once the last portal on the database ended. Who is connected still
    /// is cut off. Does nothing for a store that has next to no events.</summary>
    /// <param name="database">Its connection string, as it was given to <see cref="ReplayCount.Begin"/>.</param>
    /// <param name="archives">The folder of its archives; empty where it has none.</param>
    public static async Task SameAsync(string database, string archives = "")
    {
        if (!ReplayCount.End(database)) return;
        var events = await OneAsync(database, "select count(*) from portal_events.events");
        using var counted = ReplayCount.Compare(events);
        if (counted is null) return;
        var copy = await CopyAsync(database);
        try
        {
            var different = await DifferencesAsync(copy, archives);
            Assert.True(different.Count == 0, string.Join('\n', different));
        }
        finally
        {
            await AdministerAsync(database, $"drop database {NameOf(copy)} with (force)");
        }
    }

    /// <summary>What differs between the rows of a database and what its events give.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(string database, string archives = "")
    {
        var different = new List<string>();
        var away = await AwayAsync(database);
        await using (var store = await StartAsync(database, archives))
        {
            if (away.Count == 0) different.AddRange(await FoldedStreams.DifferencesAsync(store));
        }
        await PostgresFixture.AdministerAsync(database, """
            alter schema portal_documents rename to portal_documents_before;
            create schema portal_documents authorization portal;
            update portal_events.projection set version = 0, declaration = '', position = 0
            """);
        await using (await StartAsync(database, archives)) { }
        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(database) { Username = PrivatePostgres.Administrator }.ConnectionString);
        await using var tables = source.CreateCommand(
            "select name from portal_events.projection where version > 0 order by name");
        var names = new List<string>();
        await using (var rows = await tables.ExecuteReaderAsync())
            while (await rows.ReadAsync()) names.Add(rows.GetString(0));
        Assert.Equal(PortalStore.Projections.Count, names.Count);
        foreach (var name in names)
        {
            await using var compare = source.CreateCommand($"""
                with before as (select to_jsonb(t)::text as row from portal_documents_before."{name}" t),
                    after as (select to_jsonb(t)::text as row from portal_documents."{name}" t)
                (select 'only before', row from (select row from before except select row from after) b limit 3)
                union all (select 'only after', row from (select row from after except select row from before) a limit 3)
                """);
            await using var rows = await compare.ExecuteReaderAsync();
            while (await rows.ReadAsync()) different.Add($"{name}, {rows.GetString(0)}: {rows.GetString(1)}");
        }
        if (away.Count > 0) different.AddRange(await BroughtBackAsync(database, archives, away));
        return different;
    }

    // Streams in archives are made rows of from the files, and folded once they are back.
    private static async Task<IReadOnlyList<string>> BroughtBackAsync(
        string database, string archives, IReadOnlyList<Guid> away)
    {
        await using var store = await StartAsync(database, archives);
        foreach (var archive in away)
            await store.Archives.RestoreAsync(archive, new("portal", "system", "worker", Guid.CreateVersion7()), default);
        await CaughtUpAsync(store);
        return await FoldedStreams.DifferencesAsync(store);
    }

    // What tests write of archives that there are none of is no archive.
    private static async Task<IReadOnlyList<Guid>> AwayAsync(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select id from portal_events.archives where restored is null order by made, id");
        await using var rows = await command.ExecuteReaderAsync();
        var away = new List<Guid>();
        while (await rows.ReadAsync()) away.Add(rows.GetGuid(0));
        return away;
    }

    private static async Task<EventStoreDatabase> StartAsync(string database, string archives)
    {
        var store = await EventStoreDatabase.StartAsync(
            new() { ConnectionString = database, Types = Types, Projections = PortalStore.Projections, ArchiveFolder = archives },
            default);
        await CaughtUpAsync(store);
        return store;
    }

    private static async Task CaughtUpAsync(EventStoreDatabase store)
    {
        for (var looked = 0; (await store.ProjectionsAsync(default)).FirstOrDefault(one => !one.CaughtUp) is { } behind; looked++)
        {
            Assert.True(behind.Error is null && looked < 3000,
                $"{behind.Name} is at {behind.Position} of {behind.LastPosition}: {behind.Error}");
            await Task.Delay(10);
        }
    }

    // A database is copied while nobody is connected to it: its portals ended, and whoever else is there looks on.
    private static async Task<string> CopyAsync(string database)
    {
        var (copy, name) = ($"replay_{Guid.NewGuid():n}", NameOf(database));
        await AdministerAsync(database, $"alter database \"{name}\" with allow_connections false");
        try
        {
            await AdministerAsync(database, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            await AdministerAsync(database, $"create database {copy} owner portal template \"{name}\"");
        }
        finally
        {
            await AdministerAsync(database, $"alter database \"{name}\" with allow_connections true");
        }
        return new NpgsqlConnectionStringBuilder(database) { Database = copy }.ConnectionString;
    }

    private static string NameOf(string database) => new NpgsqlConnectionStringBuilder(database).Database!;

    private static async Task<long> OneAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task AdministerAsync(string database, string sql) => PostgresFixture.AdministerAsync(
        new NpgsqlConnectionStringBuilder(database) { Database = "postgres" }.ConnectionString, sql);
}
