using Npgsql;
using Portal.EventStore;
using Portal.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Portal.Tests.Fixtures;

/// <summary>One private PostgreSQL for all tests, started when the first asks, with databases of their own for those who ask.</summary>
public sealed class PostgresFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-tests-").FullName;
    private readonly SemaphoreSlim gate = new(1);
    private PrivatePostgres? postgres;
    private int count;

    /// <summary>The server; started when it was not.</summary>
    public async Task<PrivatePostgres> ServerAsync()
    {
        await gate.WaitAsync();
        try
        {
            return postgres ??= await StartAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Connection string of a new empty database that has the schema of the event store already.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var server = await ServerAsync();
        var name = $"test_{Interlocked.Increment(ref count)}";
        // One at a time: a template cannot be copied twice at once.
        await gate.WaitAsync();
        try
        {
            await RunAsync(Administration(server), $"create database {name} owner portal template template_events");
        }
        finally
        {
            gate.Release();
        }
        return server.ConnectionTo(name) + ";Maximum Pool Size=20";
    }

    /// <summary>Runs statements in the database of a connection string as who administers the server: what the portal itself may
    /// not do.</summary>
    public static Task AdministerAsync(string connectionString, string sql) => RunAsync(
        new NpgsqlConnectionStringBuilder(connectionString) { Username = PrivatePostgres.Administrator }.ConnectionString, sql);

    /// <summary>Runs statements in a database.</summary>
    public static async Task RunAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null)
            await postgres.DisposeAsync();
        Directory.Delete(folder, true);
        gate.Dispose();
    }

    private static string Administration(PrivatePostgres server) => server.ConnectionTo("postgres", PrivatePostgres.Administrator);

    private async Task<PrivatePostgres> StartAsync()
    {
        // The machine does not lose power during the tests; what a process must survive is tested all the same.
        var started = await PrivatePostgres.StartAsync(folder, null, new Dictionary<string, string>
        {
            ["fsync"] = "off",
            ["max_connections"] = "400",
        }, CancellationToken.None);
        await RunAsync(Administration(started), "create database template_events owner portal");
        await using (await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = started.ConnectionTo("template_events"),
            Types = new EventTypes(Array.Empty<Type>()),
        }, CancellationToken.None))
        {
        }
        return started;
    }
}
