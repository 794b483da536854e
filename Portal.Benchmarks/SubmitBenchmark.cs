using System.Diagnostics;
using Portal.Benchmarks.Ground;
using Portal.EventStore;

namespace Portal.Benchmarks;

/// <summary>Runs without inputs, from the request at the REST door until the scheduler's job id stands in the events, beside
/// <c>sbatch</c> in long-lived remote shells over one connection. sshd allows 10 sessions a connection, as it does by default.</summary>
public static class SubmitBenchmark
{
    private const int WarmUp = 2400, Alone = 60, Together = 200;

    /// <summary>The median of one after another, in milliseconds; runs a second with 8 and with 32 clients, and their errors.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        await using var site = await DemoSite.StartAsync(cancel);
        await using var plain = await BareSsh.ConnectAsync(site, cancel);
        await using var portal = await GroundPortal.StartAsync(site, cancel);
        await using var seen = new JobsSeen(portal.Get<IEventTail>());
        await site.RunAsync($"mkdir -p {site["workdir"]}; printf '#!/bin/sh\\ntrue\\n' > {site["workdir"]}/bare.sh", cancel);
        async Task<long> Ours() => await seen.OfAsync(await portal.SubmitAsync(cancel), cancel);
        var bare = new Bare(plain, $"sbatch --parsable --partition=maintenance --time=1 --chdir={site["workdir"]} {site["workdir"]}/bare.sh");
        await using (bare)
        {
            // The connection is made, and everything compiled (the runtime takes its time over that), before anything counts.
            await ManyAsync(Ours, WarmUp, 8);
            await ManyAsync(() => bare.SubmitAsync(cancel), Alone, 8);
            var (ours, limit) = (await OneByOneAsync(Ours), await OneByOneAsync(() => bare.SubmitAsync(cancel)));
            var measures = new List<Measure>
            {
                Measure.Less("submit, alone, p50", Statistics.Median(ours), Statistics.Median(limit), "ms"),
            };
            foreach (var clients in new[] { 8, 32 })
            {
                var (rates, bareRates, errors) = (new List<double>(), new List<double>(), 0);
                for (var round = 0; round < 3; round++)
                {
                    var (rate, failed) = await ManyAsync(Ours, Together, clients);
                    rates.Add(rate);
                    errors += failed;
                    bareRates.Add((await ManyAsync(() => bare.SubmitAsync(cancel), Together, clients)).Rate);
                }
                measures.Add(Measure.More($"submit, {clients} clients", Statistics.Median(rates), Statistics.Median(bareRates), "runs/s"));
                measures.Add(Measure.Less($"submit, {clients} clients, errors", errors, 1, "runs"));
            }
            return measures;
        }
    }

    private static async Task<List<double>> OneByOneAsync(Func<Task<long>> submit)
    {
        var times = new List<double>();
        for (var run = 0; run < Alone; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            times.Add(Stopwatch.GetElapsedTime(begun, await submit()).TotalMilliseconds);
        }
        return times;
    }

    /// <summary>So many clients, each submitting the next run when it has the job of the one before.</summary>
    private static async Task<(double Rate, int Errors)> ManyAsync(Func<Task<long>> submit, int runs, int clients)
    {
        var (next, errors) = (0, 0);
        var seconds = await Statistics.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) <= runs)
            {
                try
                {
                    await submit();
                }
                catch (Exception fault) when (fault is InvalidOperationException or HttpRequestException)
                {
                    if (Interlocked.Increment(ref errors) == 1) await Console.Error.WriteLineAsync(fault.Message);
                }
            }
        })));
        return ((runs - errors) / seconds, errors);
    }

    /// <summary>As many long-lived shells as a connection carries with room to spare.</summary>
    private sealed class Bare(BareSsh plain, string command) : IAsyncDisposable
    {
        private readonly BareShell[] shells = [.. Enumerable.Range(0, 8).Select(_ => plain.Shell())];
        private readonly SemaphoreSlim turns = new(8);
        private readonly Stack<BareShell> idle = new();
        private int opened;

        public async Task<long> SubmitAsync(CancellationToken cancel)
        {
            await turns.WaitAsync(cancel);
            BareShell shell;
            lock (idle) shell = idle.Count > 0 ? idle.Pop() : shells[opened++];
            try
            {
                _ = long.Parse(await shell.RunAsync(command, cancel), System.Globalization.CultureInfo.InvariantCulture);
                return Stopwatch.GetTimestamp();
            }
            finally
            {
                lock (idle) idle.Push(shell);
                turns.Release();
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var shell in shells) await shell.DisposeAsync();
            turns.Dispose();
        }
    }
}
