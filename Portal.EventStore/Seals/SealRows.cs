using System.Runtime.CompilerServices;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Reads the seals that the database keeps.</summary>
internal static class SealRows
{
    private const int Page = 20;

    /// <summary>Seals with a number above one, in order; a page at a time, so that no reading stays open.</summary>
    public static async IAsyncEnumerable<KeptSeal> ReadAsync(
        NpgsqlDataSource source, long after, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            var page = new List<KeptSeal>();
            await using (var command = source.CreateCommand(
                "select number, text, signature, leaves from portal_events.seals where number > $1 order by number limit $2"))
            {
                command.Parameters.Add(new() { Value = after });
                command.Parameters.Add(new() { Value = Page });
                await using var rows = await command.ExecuteReaderAsync(cancel);
                for (; await rows.ReadAsync(cancel); after = rows.GetInt64(0))
                    page.Add(new(rows.GetString(1), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3)));
            }
            foreach (var seal in page) yield return seal;
            if (page.Count < Page) yield break;
        }
    }

    /// <summary>The last seal; null where there is none.</summary>
    public static async Task<Seal?> LastAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select text from portal_events.seals order by number desc limit 1");
        return await command.ExecuteScalarAsync(cancel) is string text ? Seal.Parse(text) : null;
    }

    /// <summary>Whether no event up to a position is behind the last seal.</summary>
    public static async Task<bool> CoversAsync(NpgsqlDataSource source, long position, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select not exists (
                select from portal_events.events e where e.position <= $1 and (e.epoch, e.transaction_id, e.position) >
                (select s.epoch, s.transaction_id, s.position from (
                    select epoch, transaction_id, position from portal_events.seals
                    union all select 0, '0'::xid8, 0 order by 1 desc, 2 desc, 3 desc limit 1) s))
            """);
        command.Parameters.Add(new() { Value = position });
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    /// <summary>Asks the nodes that seal to do so.</summary>
    public static async Task AskAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select pg_notify('portal_events', '{WakeCaller.Seal}')");
        await command.ExecuteNonQueryAsync(cancel);
    }
}
