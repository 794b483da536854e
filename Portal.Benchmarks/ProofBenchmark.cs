using System.Diagnostics;
using Npgsql;
using Portal.EventStore;

namespace Portal.Benchmarks;

/// <summary>How long it takes to prove the events of one stream among a million, whose seals hold 50,000 events each, and to
/// verify that, beside reading the same events and leaves.</summary>
internal static class ProofBenchmark
{
    /// <summary>Milliseconds in which a proof shall be verified.</summary>
    public const double Allowed = 10;

    private const int Rounds = 20;

    // What a proof cannot do without: the events, and the leaves of their seals.
    private const string Needed = """
        select e.body::text, s.leaves from portal_events.events e, lateral (
            select leaves from portal_events.seals
            where (epoch, transaction_id, position) >= (e.epoch, e.transaction_id, e.position)
            order by epoch, transaction_id, position limit 1) s
        where e.stream = $1 and e.version = 1
        """;

    /// <summary>Milliseconds of each, in the mean.</summary>
    /// <exception cref="InvalidOperationException">A proof does not hold.</exception>
    public static async Task<(double Proving, double Reading, double Checking)> RunAsync(
        EventStoreDatabase database, string connectionString, SealKeys keys, int streams, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        var (proving, reading, checking) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        // The first round is for the runtime and the connections.
        for (var round = 0; round <= Rounds; round++)
        {
            var stream = $"bench-{round * (streams / (Rounds + 1)):d6}";
            var begun = Stopwatch.GetTimestamp();
            await using (var command = source.CreateCommand(Needed))
            {
                command.Parameters.Add(new() { Value = stream });
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel)) _ = (rows.GetString(0), rows.GetFieldValue<byte[]>(1));
            }
            var read = Stopwatch.GetTimestamp();
            var proof = await database.ProveAsync([(stream, long.MaxValue)], cancel);
            var proven = Stopwatch.GetTimestamp();
            var report = ProofCheck.Run(proof, proof.Record, keys);
            if (report is not { Holds: true, Unsealed: 0, Events: > 0 })
                throw new InvalidOperationException($"The proof of {stream} does not hold: {report}");
            if (round == 0) continue;
            reading += Stopwatch.GetElapsedTime(begun, read);
            proving += Stopwatch.GetElapsedTime(read, proven);
            checking += Stopwatch.GetElapsedTime(proven);
        }
        return (proving.TotalMilliseconds / Rounds, reading.TotalMilliseconds / Rounds, checking.TotalMilliseconds / Rounds);
    }
}
