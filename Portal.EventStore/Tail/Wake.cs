namespace Portal.EventStore;

/// <summary>Wakes all who wait, as often as need be. Take <see cref="Next"/> first, then look, then wait for it: nothing that
/// happens in between is missed.</summary>
internal sealed class Wake
{
    private TaskCompletionSource next = New();

    public Task Next => Volatile.Read(ref next).Task;

    public void Pulse() => Interlocked.Exchange(ref next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
