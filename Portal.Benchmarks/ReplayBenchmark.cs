using System.Diagnostics;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Composition;

namespace Portal.Benchmarks;

/// <summary>How quickly runs are folded from a million events, beside reading the same rows as text; and how long it takes until
/// all read models of the portal are made again from them.</summary>
public static class ReplayBenchmark
{
    private const int RunsOfOne = 250, FoldedTogether = 400, Wanted = 1_000_000, Allowed = 90;

    // Streams whose events are folded from memory: 220,000 events of theirs find room there.
    private const int InMemory = 4000;

    private static readonly EventTypes Types = new(typeof(RunSubmitted).Assembly);

    /// <summary>Events a second, MiB, and seconds.</summary>
    /// <exception cref="InvalidOperationException">A projection stands still, or a run was folded to something else.</exception>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(folder, null, null, cancel);
            var (events, growth, reading, folding) = (0L, 0.0, 0.0, 0.0);
            await using (var database = await EventStoreDatabase.StartAsync(
                new() { ConnectionString = postgres.ConnectionString, Types = Types }, cancel))
            {
                var streams = await FillAsync(database.Store, cancel);
                await FoldAsync(database.Store, streams[..InMemory], cancel);
                (events, reading, growth) = await ReadAndFoldAsync(database.Store, streams, cancel);
                folding = await FoldTextsAsync(database.Store, streams[..InMemory], cancel);
            }
            var bare = events / await ReadingAsync(postgres.ConnectionString, cancel);
            var rebuilding = await Statistics.TimeAsync(() => RebuildAsync(postgres.ConnectionString, cancel));
            return
            [
                Measure.More("fold", folding, 250_000, "event/s"),
                Measure.More("read and fold", reading, 250_000, "event/s"),
                Measure.More("read and fold, beside reading", reading, bare, "event/s"),
                Measure.Less("read and fold, memory growth", growth, 64, "MiB"),
                Measure.Less("rebuild all, 1,000,000", rebuilding, Allowed, "s"),
            ];
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task<List<string>> FillAsync(IEventStore store, CancellationToken cancel)
    {
        var (streams, count) = (new List<string>(), 0);
        while (count < Wanted)
        {
            var appends = Enumerable.Range(0, RunsOfOne).Select(_ => RecordedRun.Make(streams.Count % 7 == 0)).Select(run => new StreamAppend(
                Ledger.StreamOf<Run>(run.Id.Value), 0, [.. run.Events.Select(body => new NewEvent(Guid.CreateVersion7(), body))],
                new("portal", "system", "worker", run.Id.Value))).ToList();
            await store.AppendAsync(appends, cancel);
            streams.AddRange(appends.Select(append => append.Stream));
            count += appends.Sum(append => append.Events.Count);
        }
        return streams;
    }

    private static async Task<(long Events, double Rate, double Growth)> ReadAndFoldAsync(
        IEventStore store, List<string> streams, CancellationToken cancel)
    {
        // What is free goes back to the system, so that what comes shows.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var before = Environment.WorkingSet;
        using var peak = new PeakMemory();
        var begun = Stopwatch.GetTimestamp();
        var events = await FoldAsync(store, streams, cancel);
        return (events, events / Stopwatch.GetElapsedTime(begun).TotalSeconds, Math.Max(0, peak.Bytes - before) / 1048576.0);
    }

    // As many at a time as a page of a list, by as many as there are processors. Each is folded while the next comes.
    private static async Task<long> FoldAsync(IEventStore store, List<string> streams, CancellationToken cancel)
    {
        var events = 0L;
        await Parallel.ForEachAsync(streams.Chunk(FoldedTogether), cancel, async (chunk, token) =>
        {
            await foreach (var recorded in store.ReadEachAsync(chunk, token))
            {
                var run = Run.Empty;
                foreach (var one in recorded) run = run.Apply(one);
                if (!run.Phase.IsFinal()) throw new InvalidOperationException($"{recorded[0].Stream} was folded to {run.Phase}.");
                Interlocked.Add(ref events, recorded.Count);
            }
        });
        return events;
    }

    // From the texts of events to what their runs are: all that folding is, without the database. The middle of five.
    private static async Task<double> FoldTextsAsync(IEventStore store, List<string> streams, CancellationToken cancel)
    {
        var runs = new List<IReadOnlyList<Recorded>>();
        foreach (var chunk in streams.Chunk(FoldedTogether)) runs.AddRange((await store.ReadStreamsAsync(chunk, cancel)).Values);
        var times = new List<double>();
        for (var turn = 0; turn < 5; turn++)
            times.Add(await Statistics.TimeAsync(() => Task.Run(() => Parallel.ForEach(runs, recorded =>
            {
                var run = Run.Empty;
                foreach (var one in recorded) run = run.Apply(one with { Body = Types.Read(one.Type, one.TypeVersion, one.Text) });
                if (!run.Phase.IsFinal()) throw new InvalidOperationException($"A run was folded to {run.Phase}.");
            }), cancel)));
        return runs.Sum(recorded => recorded.Count) / times.Order().ElementAt(times.Count / 2);
    }

    private static async Task RebuildAsync(string connectionString, CancellationToken cancel)
    {
        await using var database = await EventStoreDatabase.StartAsync(
            new() { ConnectionString = connectionString, Types = Types, Projections = PortalStore.Projections }, cancel);
        while ((await database.ProjectionsAsync(cancel)).FirstOrDefault(one => !one.CaughtUp) is { } behind)
        {
            if (behind.Error is not null) throw new InvalidOperationException($"{behind.Name}: {behind.Error}");
            await Task.Delay(50, cancel);
        }
    }

    // The same rows, in the order of their streams, as text, by COPY: nothing that reads them is faster.
    private static Task<double> ReadingAsync(string connectionString, CancellationToken cancel) => Statistics.TimeAsync(async () =>
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        using var rows = await connection.BeginTextExportAsync(
            "copy (select * from portal_events.events order by stream, version) to stdout", cancel);
        var buffer = new char[1 << 16];
        while (await rows.ReadAsync(buffer, cancel) > 0) { }
    });
}
