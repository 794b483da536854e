using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore;

/// <summary>A test with a database and an open event store of its own.</summary>
public abstract class StoreTest(PostgresFixture postgres) : IAsyncLifetime
{
    private EventStoreDatabase? database;

    protected PostgresFixture Postgres => postgres;

    protected string ConnectionString { get; private set; } = "";

    protected EventStoreDatabase Database => database!;

    protected IEventStore Store => Database.Store;

    protected virtual Projection[] Projections => [];

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync();
        database = await Samples.OpenAsync(ConnectionString, Projections);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens it again, as after a restart of the portal.</summary>
    protected async Task ReopenAsync(params Projection[] projections)
    {
        await Database.DisposeAsync();
        database = await Samples.OpenAsync(ConnectionString, projections);
    }

    /// <summary>Runs statements as who administers the server, whom nothing holds back.</summary>
    protected Task AdministerAsync(string sql) => PostgresFixture.AdministerAsync(ConnectionString, sql);

    protected Task SqlAsync(string sql) => PostgresFixture.RunAsync(ConnectionString, sql);
}
