using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Composition;

namespace Portal.Tests.Fixtures;

/// <summary>Shows of a store that a portal filled that its read models can be made again: the same events give the same rows, of all
/// projections that the portal has, and what is folded from each stream agrees with them. Done in a copy.</summary>
public static class Replay
{
    // Small stores hold nothing that others do not.
    private const long Least = 150;

    private static readonly EventTypes Types = new(typeof(RunSubmitted).Assembly);

    /// <summary>Fails where a row would come out differently; does nothing for a store with few events, nor while somebody else is
    /// connected to it: who ends last is asked.</summary>
    public static async Task SameAsync(string database, string archives = "")
    {
        if (database.Length == 0 || await OneAsync(database, "select count(*) from portal_events.events") < Least) return;
        var copy = $"replay_{Guid.NewGuid():n}";
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        try
        {
            await AdministerAsync(database, $"create database {copy} owner portal template \"{name}\"");
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            return;
        }
        try
        {
            var different = await DifferencesAsync(new NpgsqlConnectionStringBuilder(database) { Database = copy, Pooling = false }.ConnectionString, archives);
            Assert.True(different.Count == 0, string.Join('\n', different));
        }
        finally
        {
            await AdministerAsync(database, $"drop database {copy} with (force)");
        }
    }

    /// <summary>What differs between the rows of a database and what its events give.</summary>
    public static async Task<IReadOnlyList<string>> DifferencesAsync(string database, string archives = "")
    {
        var different = new List<string>();
        await using (var store = await CaughtUpAsync(database, archives)) different.AddRange(await FoldedAsync(store));
        await PostgresFixture.AdministerAsync(database, """
            alter schema portal_documents rename to portal_documents_before;
            create schema portal_documents authorization portal;
            update portal_events.projection set version = 0, declaration = '', position = 0
            """);
        await using (await CaughtUpAsync(database, archives)) { }
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
        return different;
    }

    private static async Task<EventStoreDatabase> CaughtUpAsync(string database, string archives)
    {
        var store = await EventStoreDatabase.StartAsync(
            new() { ConnectionString = database, Types = Types, Projections = PortalStore.Projections, ArchiveFolder = archives },
            default);
        for (var looked = 0; (await store.ProjectionsAsync(default)).FirstOrDefault(one => !one.CaughtUp) is { } behind; looked++)
        {
            Assert.True(behind.Error is null && looked < 3000, $"{behind.Name} is at {behind.Position} of {behind.LastPosition}: {behind.Error}");
            await Task.Delay(10);
        }
        return store;
    }

    // What handlers decide on is folded from streams, what lists show from all events: both must say the same.
    private static async Task<IReadOnlyList<string>> FoldedAsync(EventStoreDatabase database)
    {
        var (different, streams) = (new List<string>(), new Dictionary<string, List<Recorded>>());
        for (var page = await database.Store.ReadAllAsync(0, 1000, default); page.Count > 0;
            page = await database.Store.ReadAllAsync(page[^1].Position, 1000, default))
            foreach (var recorded in page)
            {
                if (!streams.TryGetValue(recorded.Stream, out var stream)) streams[recorded.Stream] = stream = [];
                stream.Add(recorded);
            }
        foreach (var (name, events) in streams)
        {
            if (Ledger.TryIdOf<Run>(name, out var run) && Fold<Run>(events) is { Submitted: not null } state)
                Compare(name, (state.Phase, state.Hold, state.EndedAt, state.Phase == Phase.Failed ? state.Failure : null),
                    await database.Documents.FindAsync<RunView>($"{run:n}", default) is { } view
                        ? (view.Phase, view.Hold, view.EndedAt, view.Phase == Phase.Failed ? view.Failure : null) : null);
            if (Ledger.TryIdOf<Account>(name, out var user) && await database.Documents.FindAsync<AccountStanding>($"{user:n}", default) is { } standing)
                Compare(name, Fold<Account>(events), new Account(standing.Disabled, standing.Administrator, standing.Auditor));
            if (Ledger.TryIdOf<Project>(name, out var project))
                foreach (var (member, role) in Fold<Project>(events).Members)
                    Compare(name, role, (await database.Documents.FindAsync<Membership>(Membership.IdOf(new(project), member), default))?.Role);
        }
        return different;

        void Compare<T>(string stream, T folded, object? shown)
        {
            if (!Equals(folded, shown)) different.Add($"{stream}: folded it is {folded}, and shown is {shown}");
        }
    }

    private static T Fold<T>(IReadOnlyList<Recorded> events) where T : class, IAggregate<T> =>
        events.Aggregate(T.Empty, (state, recorded) => state.Apply(recorded));

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
