using System.Collections.Concurrent;

namespace Portal.GraphQL.Execution;

/// <summary>
/// The end of one request: when nobody waits any more, or after a time. Those that were not needed are used again, as
/// making a timer for each request costs more than the request.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    private const int MostKept = 64;

    private static readonly ConcurrentBag<TimeLimit> Kept = [];
    private static int _kept;

    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _outer;

    private TimeLimit()
    {
    }

    public CancellationToken Token => _source.Token;

    public static TimeLimit Start(TimeSpan time, CancellationToken outer)
    {
        if (Kept.TryTake(out var limit))
        {
            Interlocked.Decrement(ref _kept);
        }
        else
        {
            limit = new TimeLimit();
        }
        limit._source.CancelAfter(time);
        limit._outer = outer.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit._source);
        return limit;
    }

    public void Dispose()
    {
        _outer.Dispose();
        // Registrations of this request are gone then; resolvers that still hold the token hold a live one.
        if (!_source.TryReset())
        {
            return;
        }
        if (Interlocked.Increment(ref _kept) <= MostKept)
        {
            Kept.Add(this);
        }
        else
        {
            Interlocked.Decrement(ref _kept);
        }
    }
}
