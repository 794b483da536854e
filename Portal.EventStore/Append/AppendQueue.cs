namespace Portal.EventStore;

/// <summary>Combines appends: while a batch is being written, what arrives waits and then goes together, so that many
/// writers share one durable write. Nobody waits for company: a lone append is written at once. Appends to one stream go one
/// after another.</summary>
/// <param name="write">Writes a batch, which names each stream once, and answers each append in it; must not throw.</param>
internal sealed class AppendQueue(Func<IReadOnlyList<PendingAppend>, Task> write)
{
    // As few writers as these never wait for one another, and the server lets their transactions share a write to its log;
    // measured with 4 and 16 writers, fewer lanes or more were slower.
    private const int Lanes = 4;
    private const int MostAppends = 256;
    private const int MostCharacters = 8 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly LinkedList<PendingAppend> waiting = [];
    private readonly HashSet<string> busy = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int active;
    private bool closed;

    public async Task<AppendResult> WriteAsync(PendingAppend append)
    {
        if (Enter(append) is { } batch)
        {
            // Whoever finds a lane free writes itself: a lone writer is not handed from thread to thread.
            await write(batch);
            if (Next(batch) is { } next)
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
            waiting.AddLast(append);
            if (active == Lanes || Take() is not { } batch)
                return null;
            active++;
            return batch;
        }
    }

    private List<PendingAppend>? Next(List<PendingAppend> written)
    {
        lock (gate)
        {
            foreach (var stream in written.SelectMany(append => append.Streams))
                busy.Remove(stream.Stream);
            if (Take() is { } batch)
                return batch;
            if (--active == 0 && closed)
                drained.TrySetResult();
            return null;
        }
    }

    private async Task DrainAsync(List<PendingAppend> batch)
    {
        for (var next = batch; next is not null; next = Next(next))
            await write(next);
    }

    /// <summary>What may be written now, none of it to a stream that is being written to; null when that is nothing.</summary>
    private List<PendingAppend>? Take()
    {
        var batch = new List<PendingAppend>();
        var size = 0;
        HashSet<string>? held = null;
        for (var node = waiting.First; node is not null && batch.Count < MostAppends;)
        {
            var (append, next) = (node.Value, node.Next);
            if (append.Streams.Any(stream => busy.Contains(stream.Stream) || held?.Contains(stream.Stream) == true))
            {
                // Its turn comes with the next batch, before any that came later.
                held ??= new(StringComparer.Ordinal);
                held.UnionWith(append.Streams.Select(stream => stream.Stream));
            }
            else
            {
                size += append.Size;
                if (size > MostCharacters && batch.Count > 0)
                    break;
                foreach (var stream in append.Streams)
                    busy.Add(stream.Stream);
                waiting.Remove(node);
                batch.Add(append);
            }
            node = next;
        }
        return batch.Count > 0 ? batch : null;
    }
}
