using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Makes archives and brings them back. The portal's side of it is in Jobs.</summary>
public interface IArchives
{
    /// <summary>The folder of archives, as it is set; empty where archives are off.</summary>
    string Folder { get; }

    /// <summary>Archives streams: the first of them that have enough events for one archive.</summary>
    /// <param name="caller">Who wants it.</param>
    /// <param name="streams">The streams; those with an event behind the position are left out.</param>
    /// <param name="upTo">That position.</param>
    /// <param name="what">What they are, as the archive says; null for runs.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>What was archived, null where nothing was; or why it cannot be.</returns>
    Task<Result<StreamsArchived?>> MakeAsync(
        Caller caller, IReadOnlyCollection<string> streams, long upTo, string? what, CancellationToken cancel);

    /// <summary>Brings an archive back; one that is back already stays so.</summary>
    /// <returns>What came back, null where it was back already; or why it cannot be.</returns>
    Task<Result<ArchiveRestored?>> RestoreAsync(Caller caller, Guid archive, CancellationToken cancel);
}
