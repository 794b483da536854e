using System.Diagnostics;
using System.Threading.Channels;
using Portal.EventStore;

namespace Portal.Benchmarks;

/// <summary>How long an event takes, from the moment somebody begins to write it, to whoever follows: on the node that wrote it, and
/// on another node with the same database. A page gathers for 100 ms on top of it before it draws.</summary>
public static class EventBenchmark
{
    private const int Events = 200;
    private const double Allowed = 250, Gathering = 100;

    /// <summary>The slowest but five of a hundred, with the page's gathering, beside the 250 ms that it may take.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(folder, null, null, cancel);
            EventStoreOptions options = new() { ConnectionString = postgres.ConnectionString, Types = new(typeof(BenchStepFinished)) };
            await using var writer = await EventStoreDatabase.StartAsync(options, cancel);
            await using var other = await EventStoreDatabase.StartAsync(options, cancel);
            return
            [
                Measure.Less("event to page, p95", Gathering + await SlowestAsync(writer.Store, writer.Tail, cancel), Allowed, "ms"),
                Measure.Less("event to page, other node, p95", Gathering + await SlowestAsync(writer.Store, other.Tail, cancel), Allowed, "ms"),
            ];
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task<double> SlowestAsync(IEventStore store, IEventTail tail, CancellationToken cancel)
    {
        var times = new List<double>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var heard = Channel.CreateUnbounded<long>();
        var hearing = HearAsync(tail, heard.Writer, end.Token);
        for (var number = -20; number < Events; number++)
        {
            // Events of a quiet portal, one at a time: none is carried along by the one before.
            await Task.Delay(30, cancel);
            var begun = Stopwatch.GetTimestamp();
            await store.AppendAsync([new($"bench-{Guid.CreateVersion7():n}", 0, [new(Guid.CreateVersion7(), new BenchStepFinished(
                "step", 1, 0, "COMPLETED", "/scratch", 1, []))], new("bench", "system", "worker", Guid.CreateVersion7()))], cancel);
            var at = await heard.Reader.ReadAsync(cancel);
            if (number >= 0) times.Add(Stopwatch.GetElapsedTime(begun, at).TotalMilliseconds);
        }
        await end.CancelAsync();
        await Task.WhenAny(hearing);
        return Statistics.Quantile(times, 0.95);
    }

    private static async Task HearAsync(IEventTail tail, ChannelWriter<long> heard, CancellationToken cancel)
    {
        await foreach (var batch in tail.FollowAsync(null, cancel))
            foreach (var _ in batch)
                heard.TryWrite(Stopwatch.GetTimestamp());
    }
}
