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
}
