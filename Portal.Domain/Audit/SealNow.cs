using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>What came of sealing.</summary>
/// <param name="Last">The last seal there is.</param>
/// <param name="Made">How many were made; 0 where nothing was new.</param>
public sealed record SealedNow(Seal? Last, long Made);

/// <summary>Seals what happened up to now: for administrators and auditors of the installation, in person or by an access
/// token that may read events. It changes nothing of what it covers.</summary>
public sealed class SealNowHandler(Access access, IProofs proofs, IEventStore store)
{
    /// <summary>Seals; refused as SEAL_WAITS where something is still being written, or no node that seals answers.</summary>
    public async Task<Result<SealedNow>> HandleAsync(Caller caller, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.SealNow, "seal", cancel) is { } refusal) return refusal;
        var before = await proofs.LastAsync(cancel);
        if (!await proofs.SealAsync(await store.HighestPositionAsync(cancel), cancel))
            return new Problem("SEAL_WAITS",
                "Not everything that happened is sealed yet: a node with the role of worker seals it.",
                Advice: "Try again in a minute; the log of the workers says what is wrong if it lasts.");
        var last = await proofs.LastAsync(cancel);
        return new SealedNow(last, (last?.Number ?? 0) - (before?.Number ?? 0));
    }
}
