using System.Diagnostics;
using Npgsql;
using Portal.EventStore;

namespace Portal.Benchmarks;

/// <summary>How long it takes to seal and to verify a million events, beside a minute and beside reading the same rows as
/// text.</summary>
public static class AuditBenchmark
{
    private const int Streams = 20_000, EventsOfEach = 50, Writers = 16;
    private const double Allowed = 60;

    /// <summary>Seconds for the whole store.</summary>
    /// <exception cref="InvalidOperationException">The store does not verify.</exception>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(folder, null, null, cancel);
            await using var database = await EventStoreDatabase.StartAsync(
                new() { ConnectionString = postgres.ConnectionString, Types = new(typeof(BenchStepFinished)) }, cancel);
            await FillAsync(database.Store, cancel);
            using var key = SealKey.LoadOrCreate(Path.Combine(folder, "seal.pem"));
            var sealing = await Statistics.TimeAsync(() => database.SealAsync(key, DateTimeOffset.UtcNow, cancel));
            using var keys = SealKeys.Parse(key.PublicPem);
            StoreReport? report = null;
            var verifying = await Statistics.TimeAsync(async () => report = await database.VerifySealsAsync(keys, cancel));
            if (report is not { Holds: true, Events: Streams * EventsOfEach, Unsealed: 0 })
                throw new InvalidOperationException($"The store does not verify: {report}");
            var reading = await ReadingAsync(postgres.ConnectionString, cancel);
            var (proving, leaves, checking) = await ProofBenchmark.RunAsync(
                database, postgres.ConnectionString, keys, Streams, cancel);
            return
            [
                Measure.Less("seal 1,000,000 events", sealing, Allowed, "s"),
                Measure.Less("verify 1,000,000 events", verifying, Allowed, "s"),
                Measure.Less("verify, beside reading", verifying, reading, "s"),
                Measure.Less("prove a run, beside reading", proving, leaves, "ms"),
                Measure.Less("verify the proof of a run", checking, ProofBenchmark.Allowed, "ms"),
            ];
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static Task FillAsync(IEventStore store, CancellationToken cancel) =>
        Parallel.ForAsync(0, Streams, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancel },
            async (stream, token) => await store.AppendAsync(
            [
                new($"bench-{stream:d6}", 0,
                    [.. Enumerable.Range(0, EventsOfEach).Select(number =>
                        new NewEvent(Guid.CreateVersion7(), AppendBenchmark.Body(stream, number)))],
                    AppendBenchmark.Metadata),
            ], token));

    // The same rows in the same order, as text, by COPY: nothing that reads them is faster.
    private static async Task<double> ReadingAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        var begun = Stopwatch.GetTimestamp();
        using var rows = await connection.BeginTextExportAsync(
            "copy (select * from portal_events.events order by epoch, transaction_id, position) to stdout", cancel);
        var buffer = new char[1 << 16];
        while (await rows.ReadAsync(buffer, cancel) > 0) { }
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
