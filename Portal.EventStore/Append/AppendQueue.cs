namespace Portal.EventStore;

/// <summary>Combines appends: while a batch is being written, what arrives waits and then goes together, so that many
/// writers share one durable write. Nobody waits for company: a lone append is written at once.</summary>
/// <param name="write">Writes a batch and answers each append in it; must not throw.</param>
internal sealed class AppendQueue(Func<IReadOnlyList<PendingAppend>, Task> write)
{
    // Two, so that one batch is prepared and sent while the disk is busy with the other.
    private const int Lanes = 2;
    private const int MostAppends = 256;
    private const int MostCharacters = 8 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<PendingAppend> waiting = [];
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int active;
    private bool closed;

    public Task<AppendResult> WriteAsync(PendingAppend append)
    {
        List<PendingAppend>? batch = null;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            waiting.Enqueue(append);
            if (active < Lanes)
            {
                active++;
                batch = Take();
            }
        }
        if (batch is not null)
            _ = DrainAsync(batch);
        return append.Done;
    }

    /// <summary>Takes no more, and ends when everything that waits is written.</summary>
    public Task CloseAsync()
    {
        lock (gate)
        {
            closed = true;
            return active == 0 ? Task.CompletedTask : drained.Task;
        }
    }

    private async Task DrainAsync(List<PendingAppend> batch)
    {
        for (var next = batch; next is not null;)
        {
            await write(next);
            lock (gate)
            {
                next = waiting.Count > 0 ? Take() : null;
                if (next is null && --active == 0 && closed)
                    drained.TrySetResult();
            }
        }
    }

    private List<PendingAppend> Take()
    {
        var batch = new List<PendingAppend>();
        for (var size = 0; batch.Count < MostAppends && waiting.TryPeek(out var next); batch.Add(waiting.Dequeue()))
        {
            size += next.Size;
            if (size > MostCharacters && batch.Count > 0)
                break;
        }
        return batch;
    }
}
