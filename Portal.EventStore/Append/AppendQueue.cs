namespace Portal.EventStore;

/// <summary>Combines appends: while a batch is being written, what arrives waits and then goes together, so that many
/// writers share one durable write. Nobody waits for company: a lone append is written at once.</summary>
/// <param name="write">Writes a batch and answers each append in it; must not throw.</param>
internal sealed class AppendQueue(Func<IReadOnlyList<PendingAppend>, Task> write)
{
    // A few, so that batches are prepared while the disk is busy; PostgreSQL lets commits side by side share a write.
    private const int Lanes = 4;
    private const int MostAppends = 256;
    private const int MostCharacters = 8 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<PendingAppend> waiting = [];
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int active;
    private bool closed;

    public async Task<AppendResult> WriteAsync(PendingAppend append)
    {
        if (Enter(append) is { } batch)
        {
            // Whoever finds a lane free writes itself: a lone writer is not handed from thread to thread.
            await write(batch);
            if (Next() is { } next)
                _ = DrainAsync(next);
        }
        return await append.Done;
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

    private List<PendingAppend>? Enter(PendingAppend append)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closed, this);
            waiting.Enqueue(append);
            if (active == Lanes)
                return null;
            active++;
            return Take();
        }
    }

    private List<PendingAppend>? Next()
    {
        lock (gate)
        {
            if (waiting.Count > 0)
                return Take();
            if (--active == 0 && closed)
                drained.TrySetResult();
            return null;
        }
    }

    private async Task DrainAsync(List<PendingAppend> batch)
    {
        for (var next = batch; next is not null; next = Next())
            await write(next);
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
