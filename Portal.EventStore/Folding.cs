namespace Portal.EventStore;

/// <summary>Folds a stream into the state of what it is about, as of now, a version, a position or a moment.</summary>
public static class Folding
{
    /// <summary>Folds the events of a stream in order.</summary>
    /// <param name="store">Where the events are.</param>
    /// <param name="stream">The stream; it need not exist.</param>
    /// <param name="initial">State before the first event.</param>
    /// <param name="apply">The state after one more event.</param>
    /// <param name="until">Where to stop, inclusive; null for the present.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>The state, and the version of the last event folded; 0 when there was none.</returns>
    public static async Task<(TState State, long Version)> FoldAsync<TState>(this IEventStore store, string stream, TState initial,
        Func<TState, Recorded, TState> apply, StreamBound? until, CancellationToken cancel)
    {
        var (state, version) = (initial, 0L);
        await foreach (var recorded in store.ReadStreamAsync(stream, 1, until, cancel))
            (state, version) = (apply(state, recorded), recorded.Version);
        return (state, version);
    }
}
