using Npgsql;
using NpgsqlTypes;
using Portal.Domain.Audit;

namespace Portal.Jobs.Audit.Places;

/// <summary>Keeps how places stand where every node sees it: those that only serve pages carry nothing themselves.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="node">This node's name.</param>
public sealed class SealPlaceTable(NpgsqlDataSource database, string node) : ISealPlaces
{
    // A fault is looked at anew every ten minutes at the latest: a node that says nothing for longer is gone.
    private const string Lately = "seen_at > now() - interval '30 minutes'";

    /// <summary>Makes the table where it is missing.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            select pg_advisory_xact_lock(hashtext('portal_seals'));
            create schema if not exists portal_seals;
            create table if not exists portal_seals.places (
                node text not null, place text not null, taken bigint not null, kind text, message text, since timestamptz,
                seen_at timestamptz not null default now(), primary key (node, place));
            """, connection, transaction);
        await command.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Forgets this node's places but these: the others are configured no longer.</summary>
    public Task KeepAsync(IReadOnlyCollection<string> places, CancellationToken cancel) =>
        RunAsync("delete from portal_seals.places where node = $1 and place <> all($2)", cancel, new() { Value = node },
            new() { Value = places.ToArray() });

    /// <summary>Keeps how a place stands. A fault that goes on is as old as it was, also after a restart.</summary>
    public Task NoteAsync(SealPlaceState state, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(state);
        return RunAsync("""
            insert into portal_seals.places as known (node, place, taken, kind, message, since) values ($1, $2, $3, $4, $5, $6)
            on conflict (node, place) do update set taken = excluded.taken, kind = excluded.kind, message = excluded.message,
                since = case when excluded.kind is null then null else coalesce(known.since, excluded.since) end, seen_at = now()
            """, cancel, new() { Value = node }, new() { Value = state.Place }, new() { Value = state.Taken },
            Text(state.Fault?.Kind.ToString()), Text(state.Fault?.Message),
            new() { Value = (object?)state.Fault?.Since.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SealPlaceStanding>> ListAsync(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select place, node, taken, kind, message, since from portal_seals.places "
            + $"where {Lately} order by place, node");
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new List<SealPlaceStanding>();
        while (await rows.ReadAsync(cancel))
            found.Add(new(rows.GetString(0), rows.GetString(1), rows.GetInt64(2), rows.IsDBNull(3) ? null
                : new(Enum.Parse<SealPlaceFaultKind>(rows.GetString(3)), rows.GetString(4), rows.GetFieldValue<DateTimeOffset>(5))));
        return found;
    }

    private static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private async Task RunAsync(string sql, CancellationToken cancel, params NpgsqlParameter[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(values);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
