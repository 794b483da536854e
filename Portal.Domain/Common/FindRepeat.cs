using Portal.EventStore;

namespace Portal.Domain.Common;

/// <summary>
/// Tells what came of a request that is sent a second time: a door gives both the same correlation id, made from the person
/// and a key of theirs.
/// </summary>
public sealed class FindRepeatHandler(IEventStore store)
{
    /// <summary>The events of a thing that came of this very request, oldest first; none if it was not carried out.</summary>
    public async Task<IReadOnlyList<Recorded>> HandleAsync<TState>(Caller caller, Guid id, CancellationToken cancel)
        where TState : class, IAggregate<TState>
    {
        var done = new List<Recorded>();
        await foreach (var recorded in store.ReadStreamAsync(Ledger.StreamOf<TState>(id), cancel: cancel))
            if (recorded.Metadata.CorrelationId == caller.CorrelationId) done.Add(recorded);
        return done;
    }
}
