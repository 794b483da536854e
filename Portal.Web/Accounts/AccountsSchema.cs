using Npgsql;

namespace Portal.Web.Accounts;

/// <summary>Brings the schema <c>accounts</c> up to date at start: the numbered scripts beside this class, each applied once, in
/// order, in one transaction under an advisory lock, so that several nodes may start at the same time.</summary>
public sealed class AccountsSchema(NpgsqlDataSource database) : IHostedService
{
    private const long LockKey = 0x504f5254_41434354; // "PORTACCT"

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync($"select pg_advisory_xact_lock({LockKey})");
        await ExecuteAsync("create schema if not exists accounts");
        await ExecuteAsync(
            "create table if not exists accounts.schema_scripts (name text primary key, "
            + "applied_at timestamptz not null default now())");
        var applied = await AppliedAsync(connection, cancellationToken);
        foreach (var (name, script) in Scripts())
        {
            if (applied.Contains(name))
                continue;
            await ExecuteAsync(script);
            await using var note = new NpgsqlCommand("insert into accounts.schema_scripts (name) values ($1)", connection)
            {
                Parameters = { new() { Value = name } },
            };
            await note.ExecuteNonQueryAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<HashSet<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select name from accounts.schema_scripts", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var names = new HashSet<string>();
        while (await rows.ReadAsync(cancel))
            names.Add(rows.GetString(0));
        return names;
    }

    private static IEnumerable<(string Name, string Script)> Scripts()
    {
        var assembly = typeof(AccountsSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(resource => resource.Contains(".Accounts.Schema.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[(name.IndexOf(".Schema.", StringComparison.Ordinal) + ".Schema.".Length)..], reader.ReadToEnd());
        }
    }
}
