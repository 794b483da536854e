using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Creates and migrates the schema <c>portal_events</c>: numbered scripts, each run once, under a lock that all nodes
/// share, so that any number of them may start at once.</summary>
internal static class EventSchema
{
    /// <summary>Key of the advisory lock under which schemas are changed.</summary>
    public const long MigrationLock = 0x706F7274616C0001;

    private static readonly (int Number, string Resource)[] Scripts =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(0, 3), CultureInfo.InvariantCulture), name)).Order(),
    ];

    public static async Task MigrateAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, $"""
            select pg_advisory_xact_lock({MigrationLock});
            create schema if not exists portal_events;
            create table if not exists portal_events.migration (
                number integer primary key, name text not null, time timestamptz not null default now());
            """, cancel);
        var done = await NumberAsync(connection, cancel);
        if (done > Scripts[^1].Number)
            throw new InvalidOperationException($"The database is of schema version {done}, newer than this build's "
                + $"{Scripts[^1].Number}: start the newer build.");
        foreach (var (number, resource) in Scripts.Where(script => script.Number > done))
        {
            await RunAsync(connection, await TextAsync(resource, cancel), cancel);
            await using var note = new NpgsqlCommand("insert into portal_events.migration (number, name) values ($1, $2)", connection)
            {
                Parameters = { new() { Value = number }, new() { Value = resource } },
            };
            await note.ExecuteNonQueryAsync(cancel);
        }
        // Transaction ids of a restored dump come from another cluster: what follows must sort behind them.
        await RunAsync(connection, """
            update portal_events.meta m set epoch = epoch + 1 where exists (
                select from portal_events.events e
                where e.epoch = m.epoch and e.transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
            """, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task<int> NumberAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(number), 0) from portal_events.migration", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<string> TextAsync(string resource, CancellationToken cancel)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancel);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
