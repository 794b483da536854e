namespace Portal.GraphQL.Execution;

/// <summary>A loader, whatever its keys and values are. See <see cref="DataLoader{TKey, TValue}"/>.</summary>
public abstract class DataLoader
{
    private protected DataLoader()
    {
    }

    private protected RequestContext? Request { get; private set; }

    /// <summary>Who asks, in the host's own words: what is loaded may be theirs alone. Null if that is not known.</summary>
    protected object? Caller => Request?.Caller;

    internal void Attach(RequestContext request) => Request = Request is null
        ? request
        : throw new InvalidOperationException(
            $"{GetType()} already serves another request: register it as transient or not at all.");
}

/// <summary>
/// Loads many things at once. Keys that are asked for while fields are resolved are collected, and loaded together once
/// nothing can go on without them; each key is loaded once in a request. A class of the host derives from it; an object of
/// it serves one request, see <see cref="RequestContext.Loader{T}"/>. Specification, section 6.2.1: fields may be resolved
/// in any order.
/// </summary>
/// <typeparam name="TKey">What things are known by; compared by <c>Equals</c>.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
public abstract class DataLoader<TKey, TValue> : DataLoader
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Task<TValue?>> _known = [];
    private Batch<TKey, TValue>? _open;

    /// <summary>Most keys of one batch.</summary>
    protected virtual int MaxBatch => 1000;

    /// <summary>One thing; the default value if there is none. It comes with the others that are asked for now.</summary>
    /// <param name="key">What it is known by.</param>
    /// <param name="cancel">Ends the waiting, not the loading.</param>
    public Task<TValue?> LoadAsync(TKey key, CancellationToken cancel = default)
    {
        var task = Enlist(key);
        return cancel.CanBeCanceled && !task.IsCompleted && cancel != Request!.Cancel ? task.WaitAsync(cancel) : task;
    }

    /// <summary>Many things, in the order of their keys.</summary>
    /// <param name="keys">What they are known by.</param>
    /// <param name="cancel">Ends the waiting, not the loading.</param>
    public Task<TValue?[]> LoadAsync(IEnumerable<TKey> keys, CancellationToken cancel = default) =>
        Task.WhenAll(keys.Select(key => LoadAsync(key, cancel)));

    /// <summary>Makes a thing known that was loaded in another way. What is known already stays.</summary>
    /// <param name="key">What it is known by.</param>
    /// <param name="value">The thing.</param>
    public void Prime(TKey key, TValue? value)
    {
        lock (_gate)
        {
            _known.TryAdd(key, Task.FromResult(value));
        }
    }

    /// <summary>Forgets a thing, for example because it was changed.</summary>
    /// <param name="key">What it is known by.</param>
    public void Clear(TKey key)
    {
        lock (_gate)
        {
            _known.Remove(key);
        }
    }

    /// <summary>
    /// Loads a batch: says for each key what was found, or why not; a key of which nothing is said has no thing. What is
    /// thrown is said of all keys.
    /// </summary>
    /// <param name="batch">The keys, and where the answers go.</param>
    /// <param name="cancel">The request's.</param>
    protected abstract Task FetchAsync(Batch<TKey, TValue> batch, CancellationToken cancel);

    internal Task StartFetchAsync(Batch<TKey, TValue> batch, CancellationToken cancel)
    {
        lock (_gate)
        {
            _open = _open == batch ? null : _open;
        }
        return FetchAsync(batch, cancel);
    }

    private Task<TValue?> Enlist(TKey key)
    {
        Batch<TKey, TValue>? begun = null;
        Task<TValue?>? task;
        lock (_gate)
        {
            if (_known.TryGetValue(key, out task))
            {
                return task;
            }
            if (Request is null)
            {
                throw new InvalidOperationException($"{GetType()} belongs to no request.");
            }
            if (_open is null || _open.Count >= MaxBatch)
            {
                begun = _open = new Batch<TKey, TValue>(this, Request);
            }
            _known[key] = task = _open.Add(key);
        }
        if (begun is not null)
        {
            Request.Queue.Enqueue(begun.Begin());
        }
        return task;
    }
}
