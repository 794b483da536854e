using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Brings the runs of an archive back.</summary>
/// <param name="Archive">The archive.</param>
public sealed record RestoreArchive(Guid Archive);

/// <summary>Handles <see cref="RestoreArchive"/>: administrators may.</summary>
public sealed class RestoreArchiveHandler(Access access, IArchives archives, IDocuments documents, IEventStore store)
{
    /// <summary>Brings them back, byte for byte; twice changes nothing. Refused where the file is not there as it was written:
    /// <c>ARCHIVE_MISSING</c>, <c>ARCHIVE_CHANGED</c>.</summary>
    public async Task<Result<ArchiveView>> HandleAsync(Caller caller, RestoreArchive command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.KeepArchives, "archive", cancel) is { } refusal) return refusal;
        await documents.CaughtUpAsync<ArchiveView>(await store.HighestPositionAsync(cancel), cancel);
        if (await documents.FindAsync<ArchiveView>(command.Archive.ToString("n"), cancel) is null) return Problem.NotFound("archive");
        var back = await archives.RestoreAsync(caller, command.Archive, cancel);
        if (!back.Ok && back.Problems is { } problems) return Result.Refused<ArchiveView>(problems);
        await documents.CaughtUpAsync<ArchiveView>(await store.HighestPositionAsync(cancel), cancel);
        return (await documents.FindAsync<ArchiveView>(command.Archive.ToString("n"), cancel))!;
    }
}

/// <summary>Lists archives, for administrators and auditors of the installation.</summary>
public sealed class ListArchivesHandler(IDocuments documents, Access access)
{
    /// <summary>A page, of all that ever were; the column is <c>made_at</c>.</summary>
    public async Task<Result<DocumentPage<ArchiveView>>> HandleAsync(Caller caller, DocumentQuery query, CancellationToken cancel) =>
        await access.RefusalAsync(caller, Operation.ListArchives, "archives", cancel) is { } refusal
            ? refusal
            : await documents.QueryAsync<ArchiveView>(query with { OrderBy = "made_at" }, cancel);
}
