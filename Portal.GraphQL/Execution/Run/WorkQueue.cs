namespace Portal.GraphQL.Execution;

/// <summary>Something that goes on when what it waited for is there.</summary>
internal abstract class WorkItem
{
    public abstract void Run();
}

/// <summary>A loader that keys are waiting in.</summary>
internal interface IBatchSource
{
    void Dispatch();
}

/// <summary>
/// What is ready to go on in one request. Resolvers wait wherever they like; what comes of it is taken here one after
/// another, so that everything that writes is on one thread at a time. Only when nothing is left to go on are loaders
/// told to load: by then every key that can be known is known.
/// </summary>
internal sealed class WorkQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<WorkItem> _items = new();
    private readonly Queue<IBatchSource> _batches = new();
    private TaskCompletionSource? _sleeper;

    public void Enqueue(WorkItem item)
    {
        TaskCompletionSource? sleeper;
        lock (_gate)
        {
            _items.Enqueue(item);
            (sleeper, _sleeper) = (_sleeper, null);
        }
        sleeper?.TrySetResult();
    }

    public void Enqueue(IBatchSource batch)
    {
        TaskCompletionSource? sleeper;
        lock (_gate)
        {
            _batches.Enqueue(batch);
            (sleeper, _sleeper) = (_sleeper, null);
        }
        sleeper?.TrySetResult();
    }

    // Goes on until it is enough. Who waits no more gets an exception; what is still on its way then is forgotten.
    public async Task DriveAsync(Func<bool> isEnough, CancellationToken cancel)
    {
        await using var wake = cancel.UnsafeRegister(static state => ((WorkQueue)state!).Wake(), this);
        while (!isEnough())
        {
            cancel.ThrowIfCancellationRequested();
            if (Take(out var item, out var batch) is { } sleep)
            {
                await sleep;
            }
            item?.Run();
            batch?.Dispatch();
        }
    }

    private void Wake()
    {
        TaskCompletionSource? sleeper;
        lock (_gate)
        {
            (sleeper, _sleeper) = (_sleeper, null);
        }
        sleeper?.TrySetResult();
    }

    // What is next, or else what to wait for.
    private Task? Take(out WorkItem? item, out IBatchSource? batch)
    {
        batch = null;
        lock (_gate)
        {
            if (_items.TryDequeue(out item) || _batches.TryDequeue(out batch))
            {
                return null;
            }
            _sleeper ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _sleeper.Task;
        }
    }
}
