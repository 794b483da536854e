using Npgsql;

namespace Portal.EventStore;

/// <summary>Makes the indices of a table that has been filled: quicker than to keep them up while it fills. Nobody who appends or reads
/// events waits meanwhile: <c>create index concurrently</c> has no transaction id while it works, and so holds up no reader of
/// the order without holes.</summary>
internal static class LateIndices
{
    /// <summary>Makes those that are missing, unless another node is at it. One that was begun and came to nothing is made anew.</summary>
    public static async Task MakeAsync(NpgsqlDataSource source, long lockKey, EventIndexSql sql, CancellationToken cancel)
    {
        var indices = sql.Indices;
        await using var connection = await source.OpenConnectionAsync(cancel);
        var standing = await StandingAsync(connection, indices, cancel);
        if (indices.All(index => standing.Contains(index.Name))) return;
        // Another key than that of the rows, which go on.
        if (await AskAsync(connection, $"select pg_try_advisory_lock({~lockKey})", cancel) is not true) return;
        try
        {
            await RunAsync(connection, "set maintenance_work_mem = '256MB'", cancel);
            standing = await StandingAsync(connection, indices, cancel);
            foreach (var (name, create) in indices.Where(index => !standing.Contains(index.Name)))
            {
                await RunAsync(connection, $"drop index if exists portal_documents.\"{name}\"", cancel);
                await RunAsync(connection, create(true), cancel);
            }
            await RunAsync(connection, $"analyze {sql.Table}", cancel);
        }
        finally
        {
            // Neither lock nor setting is left behind in a pooled connection.
            if (connection.State == System.Data.ConnectionState.Open)
            {
                await RunAsync(connection, "reset maintenance_work_mem", CancellationToken.None);
                await AskAsync(connection, $"select pg_advisory_unlock({~lockKey})", CancellationToken.None);
            }
        }
    }

    private static async Task<HashSet<string>> StandingAsync(
        NpgsqlConnection connection, IReadOnlyList<(string Name, Func<bool, string> Create)> indices, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            select c.relname from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'portal_documents' and i.indisvalid and c.relname = any ($1)
            """, connection) { Parameters = { new() { Value = indices.Select(index => index.Name).ToArray() } } };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var standing = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancel)) standing.Add(rows.GetString(0));
        return standing;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        // As long as it takes.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<object?> AskAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }
}
