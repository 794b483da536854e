using System.Collections.Concurrent;
using System.Diagnostics;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Counts the portals of the tests by database, and the stores that were compared when they ended.</summary>
public static class ReplayCount
{
    // Smaller stores hold somebody's account, and nothing that others do not.
    private const long Least = 5;

    // So many events in stores that are all too small are no accident.
    private const long Many = 1000;

    private static readonly ConcurrentDictionary<string, int> Portals = [];
    private static long stores, events, small, all, milliseconds;

    /// <summary>How many stores were compared.</summary>
    public static long Stores => Interlocked.Read(ref stores);

    /// <summary>A portal is started on a database.</summary>
    public static void Begin(string database) => Portals.AddOrUpdate(database, 1, (_, count) => count + 1);

    /// <summary>A portal on a database ended; whether it was the last one there.</summary>
    public static bool End(string database) =>
        Portals.AddOrUpdate(database, 0, (_, count) => Math.Max(0, count - 1)) == 0;

    /// <summary>A store is compared until what is given is disposed of; null where it has too few events for that.</summary>
    public static IDisposable? Compare(long count)
    {
        Interlocked.Add(ref all, count);
        if (count < Least)
        {
            Interlocked.Increment(ref small);
            return null;
        }
        Interlocked.Increment(ref stores);
        Interlocked.Add(ref events, count);
        return new Comparison();
    }

    /// <summary>Says how many there were, at the end of the tests; fails where portals had a history and none was
    /// compared.</summary>
    public static void Tell()
    {
        Console.WriteLine($"Read models made again and compared: of {stores} stores with {events} events, in "
            + $"{milliseconds / 1000} s of waiting; {small} more have fewer than {Least} events each.");
        Assert.True(stores > 0 || all < Many, $"Portals ended with {all} events, and no store was compared.");
    }

    private sealed class Comparison : IDisposable
    {
        private readonly long begun = Stopwatch.GetTimestamp();

        public void Dispose() => Interlocked.Add(ref milliseconds, (long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
    }
}
