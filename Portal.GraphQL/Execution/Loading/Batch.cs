namespace Portal.GraphQL.Execution;

/// <summary>Keys that are loaded together, and what is said of them.</summary>
/// <typeparam name="TKey">What things are known by.</typeparam>
/// <typeparam name="TValue">What is loaded.</typeparam>
public sealed class Batch<TKey, TValue>
    where TKey : notnull
{
    private readonly DataLoader<TKey, TValue> _loader;
    private readonly RequestContext _request;
    private readonly List<TKey> _keys = [];
    private readonly List<TaskCompletionSource<TValue?>> _waiting = [];
    private readonly Dictionary<TKey, (TValue? Value, Exception? Fault)> _found = [];

    internal Batch(DataLoader<TKey, TValue> loader, RequestContext request) => (_loader, _request) = (loader, request);

    /// <summary>The keys, each once, in the order in which they were asked for.</summary>
    public IReadOnlyList<TKey> Keys => _keys;

    internal int Count => _keys.Count;

    /// <summary>Says what was found for a key.</summary>
    /// <param name="key">One of <see cref="Keys"/>; others are passed over.</param>
    /// <param name="value">The thing.</param>
    public void Set(TKey key, TValue? value) => _found[key] = (value, null);

    /// <summary>Says why a key cannot be answered: those who asked for it get the exception.</summary>
    /// <param name="key">One of <see cref="Keys"/>.</param>
    /// <param name="fault">What is wrong.</param>
    public void Fail(TKey key, Exception fault) => _found[key] = (default, fault);

    /// <summary>Says what was found for many keys.</summary>
    /// <param name="found">By key.</param>
    public void SetAll(IEnumerable<KeyValuePair<TKey, TValue>> found)
    {
        ArgumentNullException.ThrowIfNull(found);
        foreach (var (key, value) in found)
        {
            Set(key, value);
        }
    }

    /// <summary>Says what was found, for things that know their keys.</summary>
    /// <param name="found">The things.</param>
    /// <param name="keyOf">From a thing to its key.</param>
    public void SetAll(IEnumerable<TValue> found, Func<TValue, TKey> keyOf)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(keyOf);
        foreach (var value in found)
        {
            Set(keyOf(value), value);
        }
    }

    internal Task<TValue?> Add(TKey key)
    {
        // Who waits goes on at once when the value is delivered: then the next keys are known before anything is loaded.
        var source = new TaskCompletionSource<TValue?>();
        _keys.Add(key);
        _waiting.Add(source);
        return source.Task;
    }

    internal IBatchSource Begin() => new Batching(this);

    /// <summary>The batch as the queue sees it: first it is sent off, then its answers are delivered.</summary>
    internal sealed class Batching(Batch<TKey, TValue> batch) : WorkItem, IBatchSource
    {
        private Exception? _fault;

        public void Dispatch() => _ = DispatchAsync();

        public override void Run()
        {
            for (var i = 0; i < batch._keys.Count; i++)
            {
                var found = _fault is null ? batch._found.GetValueOrDefault(batch._keys[i]) : (default, _fault);
                if (found.Fault is null)
                {
                    batch._waiting[i].SetResult(found.Value);
                }
                else
                {
                    batch._waiting[i].SetException(found.Fault);
                }
            }
        }

        private async Task DispatchAsync()
        {
            try
            {
                await batch._loader.StartFetchAsync(batch, batch._request.Cancel);
            }
            catch (Exception exception)
            {
                _fault = exception;
            }
            batch._request.Queue.Enqueue(this as WorkItem);
        }
    }
}
