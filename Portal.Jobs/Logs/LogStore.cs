using Npgsql;
using NpgsqlTypes;
using Portal.Domain.Common;
using Portal.Domain.Runs;

namespace Portal.Jobs.Logs;

/// <summary>Keeps logs in PostgreSQL, in pieces, so that they can be read after the key is gone and from any node.</summary>
/// <param name="source">The portal's database.</param>
/// <param name="limit">Bytes kept of each log; of a longer one its end.</param>
public sealed class LogStore(NpgsqlDataSource source, int limit) : ILogs
{
    private const string Where = "run = @run and step = @step and attempt = @attempt and task = @task and stream = @stream";

    // Not by NOTIFY: a commit that notifies holds a lock of the whole database, and most logs nobody on another node follows.
    private readonly LogNews news = new();

    /// <summary>Bytes kept of each log.</summary>
    public int Limit => limit;

    /// <inheritdoc/>
    public ILogNews Listen(LogName name) => news.Listen(name);

    /// <summary>Makes the tables where they are missing.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select pg_advisory_xact_lock(hashtext('portal_logs'));
            create schema if not exists portal_logs;
            create table if not exists portal_logs.logs (
                run uuid not null, step text not null, attempt int not null, task int not null, stream text not null,
                size bigint not null default 0, complete boolean not null default false, watched_until timestamptz,
                primary key (run, step, attempt, task, stream));
            create table if not exists portal_logs.pieces (
                run uuid not null, step text not null, attempt int not null, task int not null, stream text not null,
                at bigint not null, bytes bytea not null, primary key (run, step, attempt, task, stream, at));
            """, connection, transaction);
        await command.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <inheritdoc/>
    public async Task<LogPiece> ReadAsync(LogName name, long offset, int most, CancellationToken cancel)
    {
        await using var command = Command($"""
            select l.size, l.complete, (select min(at) from portal_logs.pieces where {Where}), p.at, p.bytes
            from portal_logs.logs l left join lateral (
                select at, bytes from portal_logs.pieces where {Where} and at + length(bytes) > @offset order by at limit 64) p on true
            where {Where} order by p.at
            """, name);
        command.Parameters.AddWithValue("offset", offset);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var bytes = new MemoryStream();
        long size = 0, start = offset;
        var (complete, truncated) = (false, false);
        while (await reader.ReadAsync(cancel))
        {
            (size, complete) = (reader.GetInt64(0), reader.GetBoolean(1));
            truncated = !reader.IsDBNull(2) && reader.GetInt64(2) > 0;
            if (reader.IsDBNull(3)) continue;
            var at = reader.GetInt64(3);
            var piece = reader.GetFieldValue<byte[]>(4);
            if (bytes.Length == 0 && at > offset) start = at;
            var skip = (int)Math.Max(0, start + bytes.Length - at);
            if (at > start + bytes.Length || skip >= piece.Length) continue;
            bytes.Write(piece, skip, (int)Math.Min(piece.Length - skip, most - bytes.Length));
            if (bytes.Length >= most) break;
        }
        var end = start + bytes.Length >= size;
        return new(start, bytes.ToArray(), size, complete && end, truncated);
    }

    /// <inheritdoc/>
    public async Task WatchAsync(LogName name, CancellationToken cancel)
    {
        await using var command = Command("""
            insert into portal_logs.logs (run, step, attempt, task, stream, watched_until)
            values (@run, @step, @attempt, @task, @stream, now() + interval '30 seconds')
            on conflict (run, step, attempt, task, stream) do update set watched_until = excluded.watched_until
            where not logs.complete and (logs.watched_until is null or logs.watched_until < now() + interval '20 seconds')
            """, name);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>The logs of these runs that somebody watches now.</summary>
    public async Task<IReadOnlyList<LogName>> WatchedAsync(IReadOnlyCollection<Id<Run>> runs, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select run, step, attempt, task, stream from portal_logs.logs
            where run = any(@runs) and not complete and watched_until > now()
            """);
        command.Parameters.AddWithValue("runs", runs.Select(run => run.Value).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new List<LogName>();
        while (await reader.ReadAsync(cancel))
        {
            var task = reader.GetInt32(3);
            names.Add(new(new(reader.GetGuid(0)), reader.GetString(1), reader.GetInt32(2), task < 0 ? null : task, reader.GetString(4)));
        }
        return names;
    }

    /// <summary>How much of each log is here already.</summary>
    public async Task<IReadOnlyList<long>> SizesAsync(IReadOnlyList<LogName> names, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select coalesce(l.size, 0) from unnest(@runs, @steps, @attempts, @tasks, @streams) with ordinality
                as n(run, step, attempt, task, stream, place)
            left join portal_logs.logs l using (run, step, attempt, task, stream) order by place
            """);
        command.Parameters.AddWithValue("runs", names.Select(name => name.Run.Value).ToArray());
        command.Parameters.AddWithValue("steps", names.Select(name => name.Step).ToArray());
        command.Parameters.AddWithValue("attempts", names.Select(name => name.Attempt).ToArray());
        command.Parameters.AddWithValue("tasks", names.Select(name => name.Task ?? -1).ToArray());
        command.Parameters.AddWithValue("streams", names.Select(name => name.Stream).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var sizes = new List<long>();
        while (await reader.ReadAsync(cancel)) sizes.Add(reader.GetInt64(0));
        return sizes;
    }

    /// <summary>Adds a piece; of two that begin at the same place the longer one stays (a log is taken at its end while somebody
    /// still follows it). What is beyond the limit goes at the beginning.</summary>
    public async Task AddAsync(LogName name, long at, byte[] bytes, bool complete, CancellationToken cancel)
    {
        await using var command = Command("""
            with piece as (
                insert into portal_logs.pieces (run, step, attempt, task, stream, at, bytes)
                select @run, @step, @attempt, @task, @stream, @at, @bytes where length(@bytes) > 0
                on conflict (run, step, attempt, task, stream, at) do update set bytes = excluded.bytes
                    where length(excluded.bytes) > length(pieces.bytes)),
            old as (
                delete from portal_logs.pieces where run = @run and step = @step and attempt = @attempt and task = @task
                    and stream = @stream and at + length(bytes) <= @keep_from)
            insert into portal_logs.logs (run, step, attempt, task, stream, size, complete)
            values (@run, @step, @attempt, @task, @stream, @size, @complete)
            on conflict (run, step, attempt, task, stream) do update
            set size = greatest(logs.size, excluded.size), complete = logs.complete or excluded.complete
            """, name);
        command.Parameters.AddWithValue("at", at);
        command.Parameters.AddWithValue("bytes", NpgsqlDbType.Bytea, bytes);
        command.Parameters.AddWithValue("size", at + bytes.Length);
        command.Parameters.AddWithValue("keep_from", at + bytes.Length - limit);
        command.Parameters.AddWithValue("complete", complete);
        await command.ExecuteNonQueryAsync(cancel);
        if (bytes.Length > 0 || complete) news.Tell(name);
    }

    private NpgsqlCommand Command(string sql, LogName name)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("run", name.Run.Value);
        command.Parameters.AddWithValue("step", name.Step);
        command.Parameters.AddWithValue("attempt", name.Attempt);
        command.Parameters.AddWithValue("task", name.Task ?? -1);
        command.Parameters.AddWithValue("stream", name.Stream);
        return command;
    }
}
