using System.Diagnostics;
using Portal.EventStore;

namespace Portal.Benchmarks.Audit;

/// <summary>Takes all events of a store away with their proof, and verifies what came.</summary>
internal static class ProvenExport
{
    /// <summary>Events a second: all that the portal does for the file, and all that who verifies it does.</summary>
    public static async Task<(double Exported, double Verified)> RunAsync(
        EventStoreDatabase database, string folder, CancellationToken cancel)
    {
        using var key = SealKey.LoadOrCreate(Path.Combine(folder, "seals.pem"));
        await database.SealAsync(key, DateTimeOffset.UtcNow, cancel);
        var path = Path.Combine(folder, "events.jsonl");
        var (count, begun) = (0, Stopwatch.GetTimestamp());
        await using (var file = File.Create(path))
        {
            using var digest = new ExportDigest();
            await LineAsync(ExportLines.First(key.PublicPem));
            await foreach (var part in database.ProveAsync(database.Search.ReadAsync(new(), cancel), cancel))
            {
                for (var at = 0; at < part.Events.Count; at++, count++)
                {
                    digest.Add(part.Events[at].Position, part.Events[at].Hash);
                    await LineAsync(ExportLines.Of(part.Events[at], part.Previous![at]));
                }
                if (part.Ends is { } group) await LineAsync(ExportLines.Of(group with { Digest = digest.SoFar }));
            }

            async Task LineAsync(byte[] line)
            {
                await file.WriteAsync(line, cancel);
                file.WriteByte((byte)'\n');
            }
        }
        var exported = count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        begun = Stopwatch.GetTimestamp();
        await using var content = File.OpenRead(path);
        // Nobody noted it: to there all must be proven.
        var found = await ExportVerification.RunAsync(content, null, cancel);
        if (found.Events != count)
            throw new InvalidOperationException($"{found.Events} of {count} events are proven: {found.Fault?.Words}");
        return (exported, count / Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
