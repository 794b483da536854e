using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts;

/// <summary>Accounts out of Identity's table, for administrators, and the turn of who decides on them.</summary>
public sealed class AccountList(NpgsqlDataSource database) : IAccounts
{
    private const long LockKey = 0x504f5254_5354414e; // "PORTSTAN"

    private const string Columns = "select u.id, u.display_name, u.email, u.created_at, "
        + "(select max(s.seen_at) from accounts.sessions s "
        + "where s.user_id = u.id and s.stamp = u.security_stamp and s.until > now()), "
        + "u.two_factor_enabled from accounts.users u ";

    private const string Matching = "($1::text is null or u.display_name ilike $1 or u.email ilike $1)";

    /// <inheritdoc/>
    public async Task<AccountEntries> ListAsync(string? search, Id<User>? after, int limit, CancellationToken cancel)
    {
        // Ids of accounts grow with time, so their order is that of the list.
        var found = await ReadAsync($"{Columns} where {Matching} and ($2::uuid is null or u.id < $2) order by u.id desc limit $3",
            cancel, Pattern(search), Value(after?.Value, NpgsqlTypes.NpgsqlDbType.Uuid), new() { Value = limit + 1 });
        return new([.. found.Take(limit)], found.Count > limit);
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(string? search, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"select count(*) from accounts.users u where {Matching}");
        command.Parameters.Add(Pattern(search));
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <inheritdoc/>
    public async Task<AccountEntry?> FindAsync(Id<User> user, CancellationToken cancel) =>
        (await ReadAsync($"{Columns} where u.id = $1", cancel, new NpgsqlParameter { Value = user.Value })).FirstOrDefault();

    /// <inheritdoc/>
    public async Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancel)
    {
        var turn = new Turn(await database.OpenConnectionAsync(cancel));
        try
        {
            await turn.BeginAsync(cancel);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    private async Task<List<AccountEntry>> ReadAsync(string sql, CancellationToken cancel, params NpgsqlParameter[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(values);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<AccountEntry>();
        while (await rows.ReadAsync(cancel))
            found.Add(new(new(rows.GetGuid(0)), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3),
                rows.IsDBNull(4) ? null : rows.GetFieldValue<DateTimeOffset>(4), rows.GetBoolean(5)));
        return found;
    }

    // What is searched for is taken literally. PostgreSQL's texts have no NUL: nobody has one in a name.
    private static NpgsqlParameter Pattern(string? search) => Value(string.IsNullOrWhiteSpace(search) ? null
        : $"%{search.Trim().Replace('\0', '\ufffd').Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)}%", NpgsqlTypes.NpgsqlDbType.Text);

    private static NpgsqlParameter Value(object? value, NpgsqlTypes.NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    // A lock that ends with its transaction: it cannot stay behind in a pooled connection.
    private sealed class Turn(NpgsqlConnection connection) : IAsyncDisposable
    {
        private NpgsqlTransaction? transaction;

        public async Task BeginAsync(CancellationToken cancel)
        {
            transaction = await connection.BeginTransactionAsync(cancel);
            await using var command = new NpgsqlCommand($"select pg_advisory_xact_lock({LockKey})", connection);
            await command.ExecuteNonQueryAsync(cancel);
        }

        public async ValueTask DisposeAsync()
        {
            if (transaction is not null) await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
