using System.Diagnostics;

namespace Portal.EventStore;

/// <summary>Wakes all who wait, as often as need be. Take <see cref="Next"/> first, then look, then wait for it: nothing that
/// happens in between is missed.</summary>
internal sealed class Wake
{
    // Null while nobody waits: to wake nobody costs nothing.
    private TaskCompletionSource? next;

    public Task Next
    {
        get
        {
            if (Volatile.Read(ref next) is { } waited)
                return waited.Task;
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref next, made, null) ?? made).Task;
        }
    }

    public void Pulse() => Interlocked.Exchange(ref next, null)?.TrySetResult();

    /// <summary>Lets events gather: waits until a span has passed since the last look. Who was idle for that long looks at
    /// once.</summary>
    /// <param name="looked">When the last look ended, by <see cref="Stopwatch.GetTimestamp"/>; 0 for never.</param>
    /// <param name="span">The span.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static Task GatherAsync(long looked, TimeSpan span, CancellationToken cancel)
    {
        var left = looked == 0 ? TimeSpan.Zero : span - Stopwatch.GetElapsedTime(looked);
        return left > TimeSpan.Zero ? Task.Delay(left, cancel) : Task.CompletedTask;
    }

    /// <summary>Waits for a wake. While events are there that are not settled yet, looks again by itself and ever less often:
    /// the end of the transaction that they wait for wakes nobody.</summary>
    /// <param name="next">What <see cref="Next"/> was before looking.</param>
    /// <param name="unsettled">How often in a row unsettled events were seen.</param>
    /// <param name="cancel">Ends the waiting.</param>
    public static async Task WaitAsync(Task next, int unsettled, CancellationToken cancel)
    {
        if (unsettled == 0)
        {
            await next.WaitAsync(cancel);
            return;
        }
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(next, Task.Delay(Math.Min(1 << Math.Min(unsettled, 7), 100), enough.Token));
        await enough.CancelAsync();
        cancel.ThrowIfCancellationRequested();
    }
}
