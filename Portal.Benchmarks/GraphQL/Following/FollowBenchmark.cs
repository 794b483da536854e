using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Portal.Benchmarks.Ground;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;

namespace Portal.Benchmarks.GraphQL.Following;

/// <summary>1,000 who follow one busy run of a whole portal by graphql-transport-ws, and one who comes back and asks for what
/// they missed.</summary>
public static class FollowBenchmark
{
    private const int Followers = 1000, Events = 100, EventsASecond = 10, Missed = 5000, Rounds = 3;

    /// <summary>From before an event is appended until 95 of 100 have it; memory of the portal for each who waits; time until the
    /// last of 5,000 events is there again.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        await using var site = await DemoSite.StartAsync(cancel);
        await using var portal = await GroundPortal.StartAsync(site, cancel);
        await using var seen = new JobsSeen(portal.Get<IEventTail>());
        var run = await portal.SubmitAsync(cancel);
        // The partition is closed: nothing but the measure happens to the run from here on.
        await seen.OfAsync(run, cancel);
        var busy = new BusyRun(portal.Get<IEventStore>(), run);
        var followed = new Followed(portal.Client.BaseAddress!, portal.Client.DefaultRequestHeaders.Authorization!.Parameter!,
            new GlobalId("Run", $"{run}").ToString());
        await ReplayAsync(busy, followed, 10, cancel);

        var (slowest, memory) = await CrowdAsync(busy, followed, cancel);
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++) times.Add(await ReplayAsync(busy, followed, Missed, cancel));
        return
        [
            Measure.Less($"event to {Followers} followers, p95", slowest, 100, "ms"),
            Measure.Less("memory of a follower", memory, 40, "KiB"),
            Measure.Less($"replay of {Missed} events", Statistics.Median(times), 1, "s"),
        ];
    }

    private static async Task<(double Slowest, double Memory)> CrowdAsync(
        BusyRun run, Followed followed, CancellationToken cancel)
    {
        await using var followers = await ChildProcess.StartOursAsync(FollowerProcess.Command, cancel);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await followers.AskAsync(JsonSerializer.Serialize(new FollowerProcess.Order(followed, Followers, Events)), cancel);
        var memory = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1024.0 / Followers;
        var begun = new Dictionary<long, long>();
        for (var i = 0; i < Events; i++)
        {
            var now = Stopwatch.GetTimestamp();
            begun[await run.AppendAsync(1, cancel)] = now;
            await Task.Delay(TimeSpan.FromSeconds(1.0 / EventsASecond), cancel);
        }
        var slowest = await followers.AskAsync(JsonSerializer.Serialize(begun), cancel);
        return (double.Parse(slowest, CultureInfo.InvariantCulture), memory);
    }

    // Connecting is part of it.
    private static async Task<double> ReplayAsync(BusyRun run, Followed followed, int count, CancellationToken cancel)
    {
        var last = await run.AppendAsync(1, cancel);
        await run.AppendAsync(count, cancel);
        return await Statistics.TimeAsync(async () =>
        {
            using var follower = await Follower.OpenAsync(followed with { After = last }, cancel);
            await follower.TakeAsync(count, cancel);
        });
    }

    /// <summary>A run to which something happens that changes nothing else.</summary>
    private sealed class BusyRun(IEventStore store, Id<Run> run)
    {
        /// <summary>Appends events as a transfer does; the position of the last.</summary>
        public async Task<long> AppendAsync(int count, CancellationToken cancel)
        {
            var events = Enumerable.Range(0, count).Select(i => new TransferProgressed(run, "input", i, count));
            var appended = await store.AppendAsync([new(Ledger.StreamOf<Run>(run.Value), IEventStore.AnyVersion,
                [.. events.Select(one => new NewEvent(Guid.CreateVersion7(), one))],
                new("bench", "system", "worker", Guid.CreateVersion7()))], cancel);
            return ((AppendResult.Appended)appended).Position;
        }
    }
}
