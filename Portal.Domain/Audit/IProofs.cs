using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Seals, and what they show. The portal's side of it is in Jobs.</summary>
public interface IProofs
{
    /// <summary>Sees to it that everything up to a position is sealed: by this node's key, or by asking a node that has one. It
    /// is not waited for long.</summary>
    /// <returns>Whether it is sealed now.</returns>
    Task<bool> SealAsync(long position, CancellationToken cancel);

    /// <summary>The last seal; null where there is none.</summary>
    Task<Seal?> LastAsync(CancellationToken cancel);

    /// <summary>Shows of the events of streams, each up to a version, that they are sealed, as far as they are; with the public
    /// keys.</summary>
    Task<EventProof> ProveAsync(IReadOnlyCollection<(string Stream, long Version)> streams, CancellationToken cancel) =>
        ProveAsync(streams, [], cancel);

    /// <summary>The same, with single events of other streams by their positions.</summary>
    Task<EventProof> ProveAsync(IReadOnlyCollection<(string Stream, long Version)> streams, IReadOnlyCollection<long> others,
        CancellationToken cancel);

    /// <summary>Shows the same of many events while they are read, in the order of all events; without the keys.</summary>
    IAsyncEnumerable<ExportPart> ProveAsync(IAsyncEnumerable<IReadOnlyList<EventText>> portions, CancellationToken cancel);

    /// <summary>The public keys that the portal signs with, PEM.</summary>
    Task<string> KeysAsync(CancellationToken cancel);
}
