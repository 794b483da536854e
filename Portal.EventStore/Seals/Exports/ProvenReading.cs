using System.Runtime.CompilerServices;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Shows of events, while they are read in their order, that they are sealed: one seal at a time is in memory, since
/// seals have the same order.</summary>
internal sealed class ProvenReading(NpgsqlDataSource source)
{
    private const string SealOf = """
        select number, text, signature, leaves from portal_events.seals s
        where (s.epoch, s.transaction_id, s.position) >=
            (select e.epoch, e.transaction_id, e.position from portal_events.events e where e.position = $1)
        order by epoch, transaction_id, position limit 1
        """;

    private readonly PreviousHashes previous = new(source);

    // The seal whose events come now, up to where its leaves were looked at, and which of them came.
    private (long Number, KeptSeal Seal)? current;
    private int next;
    private List<int> indices = [];
    private bool behindLast;

    /// <summary>Goes through them.</summary>
    public async IAsyncEnumerable<ExportPart> RunAsync(
        IAsyncEnumerable<IReadOnlyList<EventText>> portions, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var portion in portions.WithCancellation(cancel))
        {
            var before = await previous.OfAsync(portion, cancel);
            var from = 0;
            for (var at = 0; at < portion.Count; at++)
            {
                if (behindLast || Stands(portion[at].Position)) continue;
                var (found, ends) = (await SealAsync(portion[at].Position, cancel), current);
                // One that its own seal does not know stays with it: whoever verifies will name it.
                if (found is not null && found.Value.Number == current?.Number) continue;
                if (ends is { Seal: var seal })
                {
                    yield return Part(from, at, SealedGroup.Of(seal, indices));
                    from = at;
                }
                (current, next, indices, behindLast) = (found, 0, [], found is null);
                if (!behindLast) Stands(portion[at].Position);
            }
            yield return Part(from, portion.Count, null);

            ExportPart Part(int first, int end, SealedGroup? group) =>
                new([.. portion.Skip(first).Take(end - first)], before[first..end], group);
        }
        if (current is { Seal: var last }) yield return new([], [], SealedGroup.Of(last, indices));
    }

    private bool Stands(long position)
    {
        if (current is not { Seal.Leaves: var leaves }) return false;
        for (var at = next; at < leaves.Length / KeptSeal.LeafBytes; at++)
        {
            if (SealLeaves.Position(leaves, at * KeptSeal.LeafBytes) != position) continue;
            indices.Add(at);
            next = at + 1;
            return true;
        }
        return false;
    }

    private async Task<(long Number, KeptSeal Seal)?> SealAsync(long position, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(SealOf);
        command.Parameters.Add(new() { Value = position });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? (rows.GetInt64(0), new(rows.GetString(1), rows.GetFieldValue<byte[]>(2), rows.GetFieldValue<byte[]>(3)))
            : null;
    }
}
