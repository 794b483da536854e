using Portal.Domain.Audit;
using Portal.EventStore;

namespace Portal.Jobs.Audit;

/// <summary>Seals when somebody wants it, and shows what is sealed.</summary>
/// <param name="events">The store.</param>
/// <param name="key">Signs; null on a node that leaves that to others.</param>
/// <param name="keys">The public keys.</param>
/// <param name="settings">How long is waited.</param>
/// <param name="time">The clock.</param>
public sealed class Proofs(
    EventStoreDatabase events, SealKey? key, PublicKeys keys, SealSettings settings, TimeProvider time) : IProofs
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    /// <inheritdoc/>
    public async Task<bool> SealAsync(long position, CancellationToken cancel)
    {
        if (await events.IsSealedAsync(position, cancel)) return true;
        var begun = time.GetTimestamp();
        if (key is null) await events.AskForSealAsync(cancel);
        // What is still being written beside it, or another node that seals now, takes a moment.
        for (var pause = FirstPause; ; pause *= 2)
        {
            if (key is not null) await events.SealAsync(key, time.GetUtcNow(), cancel);
            if (await events.IsSealedAsync(position, cancel)) return true;
            var left = settings.Patience - time.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero) return false;
            await Task.Delay(pause < left ? pause : left, time, cancel);
        }
    }

    /// <inheritdoc/>
    public Task<Seal?> LastAsync(CancellationToken cancel) => events.LastSealAsync(cancel);

    /// <inheritdoc/>
    public async Task<EventProof> ProveAsync(
        IReadOnlyCollection<(string Stream, long Version)> streams, IReadOnlyCollection<long> others, CancellationToken cancel) =>
        await events.ProveAsync(streams, others, cancel) with { Keys = await keys.ReadAsync(cancel) };

    /// <inheritdoc/>
    public IAsyncEnumerable<ExportPart> ProveAsync(
        IAsyncEnumerable<IReadOnlyList<EventText>> portions, CancellationToken cancel) => events.ProveAsync(portions, cancel);

    /// <inheritdoc/>
    public Task<string> KeysAsync(CancellationToken cancel) => keys.ReadAsync(cancel);
}
