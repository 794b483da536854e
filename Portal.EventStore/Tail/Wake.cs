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
