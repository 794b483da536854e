using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts;

/// <summary>Sessions as rows, which hold personal data and are erased when a session ends. What has no row has ended.</summary>
public sealed class SessionTable(NpgsqlDataSource database, SessionSettings settings, TimeProvider time) : ISessions
{
    // A session counts while its time is not up and the account's stamp is the one that it began with.
    private const string Good = "from accounts.sessions s join accounts.users u on u.id = s.user_id "
        + "where s.stamp = u.security_stamp and s.until > @now";

    private const string See = "with seen as (update accounts.sessions set seen_at = @now, "
        + "until = least(@until, began_at + @longest), "
        + "address = coalesce(@address, address) where id = any(@ids) and seen_at < @now - interval '1 minute') ";

    /// <summary>Begins a session, or goes on with one under a new stamp. Rows of what has ended are swept.</summary>
    public Task BeginAsync(
        Guid session, Guid user, string stamp, string client, string? address, CancellationToken cancel) => AskAsync(
        "with gone as (delete from accounts.sessions s using accounts.users u where u.id = s.user_id and s.id <> @id "
        + "and (s.until < @now or (u.id = @user and s.stamp <> u.security_stamp))) "
        + "insert into accounts.sessions (id, user_id, stamp, client, address, began_at, proved_at, seen_at, until) "
        + "values (@id, @user, @stamp, @client, @address, @now, @now, @now, @until) on conflict (id) do update set "
        + "stamp = excluded.stamp, client = excluded.client, address = excluded.address, seen_at = excluded.seen_at, "
        + "until = least(excluded.until, sessions.began_at + @longest) where sessions.user_id = excluded.user_id",
        command => command.ExecuteNonQueryAsync(cancel),
        ("id", session), ("user", user), ("stamp", stamp), ("client", client), ("address", (object?)address ?? DBNull.Value));

    /// <summary>The stamp of a session that goes on; null for one that does not. It counts as seen.</summary>
    public Task<string?> SeenAsync(Guid session, Guid user, string? address, CancellationToken cancel) => AskAsync(
        $"{See}select u.security_stamp {Good} and s.id = any(@ids) and s.user_id = @user",
        async command => await command.ExecuteScalarAsync(cancel) as string,
        ("ids", new[] { session }), ("user", user), ("address", (object?)address ?? DBNull.Value));

    /// <summary>Which of these sessions go on, each with its stamp, by one question. They count as seen.</summary>
    public Task<IReadOnlyDictionary<Guid, string>> SeenAsync(Guid[] sessions, CancellationToken cancel) =>
        AskAsync<IReadOnlyDictionary<Guid, string>>(
            $"{See}select s.id, u.security_stamp {Good} and s.id = any(@ids)", async command =>
        {
            var stamps = new Dictionary<Guid, string>();
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel)) stamps[rows.GetGuid(0)] = rows.GetString(1);
            return stamps;
        }, ("ids", sessions), ("address", DBNull.Value));

    /// <inheritdoc/>
    public Task<DateTimeOffset?> ProvedAsync(Id<Session> session, CancellationToken cancel) => AskAsync<DateTimeOffset?>(
        $"select s.proved_at {Good} and s.id = @id",
        async command => await command.ExecuteScalarAsync(cancel) is DateTime proved ? new DateTimeOffset(proved) : null,
        ("id", session.Value));

    /// <summary>Notes that the person has just proved anew who they are.</summary>
    public Task ProveAsync(Guid session, CancellationToken cancel) => AskAsync(
        "update accounts.sessions set proved_at = @now where id = @id",
        command => command.ExecuteNonQueryAsync(cancel), ("id", session));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionEntry>> ListAsync(Id<User> user, CancellationToken cancel) =>
        AskAsync<IReadOnlyList<SessionEntry>>(
            $"select s.id, s.client, s.address, s.began_at, s.seen_at {Good} and s.user_id = @user order by s.seen_at desc, s.id",
            async command =>
            {
                var found = new List<SessionEntry>();
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel))
                    found.Add(new(new(rows.GetGuid(0)), rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetString(2),
                        rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset>(4)));
                return found;
            }, ("user", user.Value));

    /// <inheritdoc/>
    public Task EndAsync(Id<User> user, IReadOnlyCollection<Id<Session>> sessions, CancellationToken cancel) => AskAsync(
        "delete from accounts.sessions where user_id = @user and id = any(@ids)", command => command.ExecuteNonQueryAsync(cancel),
        ("user", user.Value), ("ids", sessions.Select(session => session.Value).ToArray()));

    private async Task<T> AskAsync<T>(string sql, Func<NpgsqlCommand, Task<T>> ask, params (string Name, object Value)[] values)
    {
        await using var command = database.CreateCommand(sql);
        foreach (var (name, value) in values)
            command.Parameters.Add(value is DBNull
                ? new(name, NpgsqlTypes.NpgsqlDbType.Text) { Value = value }
                : new NpgsqlParameter { ParameterName = name, Value = value });
        var now = time.GetUtcNow().UtcDateTime;
        if (sql.Contains("@now", StringComparison.Ordinal)) command.Parameters.Add(new("now", now));
        if (sql.Contains("@until", StringComparison.Ordinal)) command.Parameters.Add(new("until", now + settings.Idle));
        if (sql.Contains("@longest", StringComparison.Ordinal)) command.Parameters.Add(new("longest", settings.Longest));
        return await ask(command);
    }
}
