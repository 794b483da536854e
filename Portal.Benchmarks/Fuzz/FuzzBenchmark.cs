namespace Portal.Benchmarks.Fuzz;

/// <summary>Damaged documents read, checked and run: nothing fails, nothing hangs, and the memory stays as it is.</summary>
public static class FuzzBenchmark
{
    private const double MiB = 1 << 20;

    /// <summary>Failures; the slowest document; by how much what lives has grown after all of them.</summary>
    /// <param name="count">How many documents; they come in portions of 1,000.</param>
    /// <param name="seed">The same seed gives the same documents.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<IReadOnlyList<Measure>> RunAsync(int count, int seed, CancellationToken cancel)
    {
        var fuzzer = new Fuzzer(seed);
        var portions = (count + Fuzzer.Portion - 1) / Fuzzer.Portion;
        // Caches are full and everything is compiled before the memory is looked at.
        var first = Math.Max(1, portions / 20);
        await fuzzer.RunAsync(0, first, cancel);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var seconds = await Statistics.TimeAsync(() => fuzzer.RunAsync(first, portions, cancel));
        var growth = (GC.GetTotalMemory(forceFullCollection: true) - before) / MiB;
        var asked = portions * Fuzzer.Portion;
        var rate = (portions - first) * Fuzzer.Portion / seconds;
        await Console.Error.WriteLineAsync(
            $"fuzz: {asked} documents of seed {seed}, {fuzzer.Answered} answers, {rate:0} documents/s");
        return
        [
            Measure.Less("fuzz, failures", fuzzer.Failures, 1, "documents"),
            Measure.Less("fuzz, slowest document", fuzzer.Slowest.TotalMilliseconds, 1000, "ms"),
            Measure.Less("fuzz, memory growth", growth, 8, "MiB"),
        ];
    }
}
