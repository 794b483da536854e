using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Retention;
using Portal.EventStore;
using Portal.Jobs.Audit;

namespace Portal.Jobs.Retention;

/// <summary>Archives in the folder that is set, sealed by whoever seals.</summary>
public sealed class Archives(EventStoreDatabase events, IProofs proofs, PublicKeys keys, ArchiveSettings settings) : IArchives
{
    /// <inheritdoc/>
    public string Folder => settings.Folder;

    /// <inheritdoc/>
    public Task<Result<StreamsArchived?>> MakeAsync(
        Caller caller, IReadOnlyCollection<string> streams, long upTo, string? what, CancellationToken cancel) =>
        TriedAsync(async () => await events.Archives.MakeAsync(
            new(streams, Ledger.MetadataOf(caller), await keys.ReadAsync(cancel), proofs.SealAsync) { UpTo = upTo, What = what },
            cancel));

    /// <inheritdoc/>
    public Task<Result<ArchiveRestored?>> RestoreAsync(Caller caller, Guid archive, CancellationToken cancel) =>
        TriedAsync(() => events.Archives.RestoreAsync(archive, Ledger.MetadataOf(caller), cancel));

    private static async Task<Result<T>> TriedAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return Result.Of(await work());
        }
        catch (ArchiveException fault)
        {
            return new Problem(fault.Code, fault.Words, Advice: fault.Advice);
        }
    }
}
