using Portal.Domain.Common;
using Portal.Domain.Retention;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Retention;

/// <summary>Archives runs that ended long ago.</summary>
/// <param name="EndedBefore">They ended before this; those that a hold is on stay.</param>
/// <param name="ClientMutationKey">A repeat archives what is left, with or without a key.</param>
public sealed record ArchiveRunsInput(DateTimeOffset EndedBefore, Guid? ClientMutationKey = null);

/// <summary>Brings the runs of an archive back.</summary>
/// <param name="Id">The archive.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RestoreArchiveInput([Id("Archive")] Id<ArchiveView> Id, Guid? ClientMutationKey = null);

/// <summary>What came of archiving.</summary>
/// <param name="made">That.</param>
[ObjectType("ArchivedNow")]
public sealed class ArchivedNowNode(ArchivedNow made)
{
    /// <summary>The archives that were made.</summary>
    public IReadOnlyList<ArchiveNode> Archives => [.. made.Archives.Select(archive => new ArchiveNode(archive))];

    /// <summary>How many runs went there.</summary>
    public long RunCount => made.Archives.Sum(archive => archive.Runs);

    /// <summary>How many notes: readings, refusals, exports, sign-ins.</summary>
    public long NoteCount => made.Archives.Sum(archive => archive.Notes);

    /// <summary>How many events.</summary>
    public long EventCount => made.Archives.Sum(archive => archive.Events);

    /// <summary>How many runs and notes could be archived still: asked again, they are.</summary>
    public long Left => made.Left;
}

/// <summary>What is done with archives, by administrators.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class ArchiveMutations
{
    /// <summary>Archives runs that ended before a moment, and notes recorded before it (readings, refusals, exports, sign-ins):
    /// their events go to files that verify alone.</summary>
    [Payload("archived")]
    public static async Task<MutationResult<ArchivedNowNode>> ArchiveRunsAsync(
        ArchiveRunsInput input, [Caller] Caller caller, ArchiveRunsHandler archives, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(input);
        var made = await archives.HandleAsync(
            caller.WithKey($"archiveRuns {input.EndedBefore:O}", input.ClientMutationKey), new(input.EndedBefore), cancel);
        return made.Ok ? new ArchivedNowNode(made.Value) : Refused.Of<ArchivedNowNode>(made.Problems);
    }

    /// <summary>Brings the runs of an archive back, byte for byte.</summary>
    [Payload("archive")]
    public static async Task<MutationResult<ArchiveNode>> RestoreArchiveAsync(
        RestoreArchiveInput input, [Caller] Caller caller, RestoreArchiveHandler archives, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(input);
        var back = await archives.HandleAsync(
            caller.WithKey($"restoreArchive {input.Id}", input.ClientMutationKey), new(input.Id.Value), cancel);
        return back.Ok ? new ArchiveNode(back.Value) : Refused.Of<ArchiveNode>(back.Problems);
    }
}

/// <summary>How many runs could be archived.</summary>
/// <param name="Runs">That many.</param>
/// <param name="Held">So many more, if a hold did not forbid it.</param>
/// <param name="Notes">So many notes: readings, refusals, exports, sign-ins.</param>
/// <param name="HeldNotes">So many more, if a hold did not forbid it.</param>
[ObjectType("ArchivableRuns")]
public sealed record ArchivableRunsNode(long Runs, long Held, long Notes, long HeldNotes);

/// <summary>Questions about archives.</summary>
[QueryType]
public static class ArchiveQueries
{
    /// <summary>All archives, the newest first, those that were brought back too; for administrators and auditors of the
    /// installation.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="archives">The handler.</param>
    /// <param name="page">Which page.</param>
    /// <param name="restored">Only those that were brought back, or were not.</param>
    /// <param name="cancel">Ends the question.</param>
    public static Task<ListPage<ArchiveNode>?> GetArchivesAsync([Caller] Caller caller, ListArchivesHandler archives,
        [PageSize(Lists.Largest, Lists.Usual)] Paging page, bool? restored = null, CancellationToken cancel = default) =>
        Lists.PageAsync(Lists.Query(page, "made_at", Direction.Descending, Lists.Where("restored", restored)),
            asked => archives.HandleAsync(caller, asked, cancel), view => new ArchiveNode(view));

    /// <summary>How many runs that ended before a moment, and notes recorded before it, could be archived; for administrators and
    /// auditors of the installation.</summary>
    public static async Task<ArchivableRunsNode?> GetArchivableRunsAsync(
        DateTimeOffset endedBefore, [Caller] Caller caller, ArchiveRunsHandler archives, CancellationToken cancel) =>
        (await archives.CountAsync(caller, new(endedBefore), cancel)).OrNull() is { } count
            ? new(count.Runs, count.Held, count.Notes, count.HeldNotes) : null;
}
