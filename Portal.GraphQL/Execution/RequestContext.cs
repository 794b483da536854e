using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// What belongs to one request, or to one event of a subscription: services, the caller, loaders. Resolvers get it as
/// <see cref="ResolverContext.State"/>. Specification, section 6.1.
/// </summary>
public sealed class RequestContext
{
    private readonly Lock _gate = new();
    private Dictionary<Type, DataLoader>? _loaders;
    private Dictionary<string, object?>? _items;
    private WorkQueue? _queue;

    /// <summary>For one request.</summary>
    /// <param name="services">Where resolvers find what they need; null if they need nothing.</param>
    /// <param name="caller">Who asks, in the host's own words.</param>
    /// <param name="cancel">Ends when nobody waits for the answer any more.</param>
    public RequestContext(IServiceProvider? services = null, object? caller = null, CancellationToken cancel = default) =>
        (Services, Caller, Cancel) = (services ?? NoServices.Instance, caller, cancel);

    /// <summary>Where resolvers find what they need.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Who asks, in the host's own words; null if that is not known.</summary>
    public object? Caller { get; }

    /// <summary>Ends when nobody waits for the answer any more, or when it took too long.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>What resolvers keep for each other in this request. Hold the lock of it when they run in parallel.</summary>
    public IDictionary<string, object?> Items
    {
        get
        {
            lock (_gate)
            {
                return _items ??= new Dictionary<string, object?>(StringComparer.Ordinal);
            }
        }
    }

    internal WorkQueue Queue => _queue ?? Interlocked.CompareExchange(ref _queue, new WorkQueue(), null) ?? _queue;

    /// <summary>A service that has to be there.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <exception cref="InvalidOperationException">Nobody registered it.</exception>
    public T Service<T>()
        where T : class => Services.GetService(typeof(T)) as T
        ?? throw new InvalidOperationException($"No service {typeof(T)} is registered.");

    /// <summary>The loader of this request; made when it is asked for first, with services for its constructor.</summary>
    /// <typeparam name="T">The class of the loader.</typeparam>
    public T Loader<T>()
        where T : DataLoader => (T)Loader(typeof(T));

    internal DataLoader Loader(Type type)
    {
        lock (_gate)
        {
            if (_loaders?.TryGetValue(type, out var known) == true)
            {
                return known;
            }
            var loader = LoaderMaking.Make(type, Services);
            loader.Attach(this);
            (_loaders ??= [])[type] = loader;
            return loader;
        }
    }

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

/// <summary>What resolvers see of the request.</summary>
public static class ResolverContextRequest
{
    extension(ResolverContext context)
    {
        /// <summary>The request that the field is asked in.</summary>
        public RequestContext Request => (RequestContext)context.State!;

        /// <summary>A service that has to be there.</summary>
        /// <typeparam name="T">Its type.</typeparam>
        public T Service<T>()
            where T : class => context.Request.Service<T>();

        /// <summary>The loader of this request.</summary>
        /// <typeparam name="T">The class of the loader.</typeparam>
        public T Loader<T>()
            where T : DataLoader => context.Request.Loader<T>();
    }
}
