using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Runs whose events are in an archive: lists know them, and nobody looks into them until they are brought back.</summary>
public sealed class ArchivedRuns(IDocuments documents, Access access)
{
    /// <summary>Why nobody looks into such a run: NOT_FOUND where the caller may not see it, and else where its events are.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The run.</param>
    /// <param name="archive">Where its events are.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Problem> RefusalAsync(Caller caller, Id<Run> id, StreamArchive archive, CancellationToken cancel)
    {
        if (await documents.FindAsync<RunView>(id.ToString(), cancel) is not { } run) return Problem.NotFound("run");
        return await access.RefusalAsync(caller, run.Project, Operation.ShowRuns, "run", cancel) ?? Problem.Archived(archive);
    }
}

/// <summary>A run as lists see it, whose events are in an archive.</summary>
/// <param name="Run">The run.</param>
/// <param name="Archive">Where they are.</param>
public sealed record ArchivedRun(RunView Run, StreamArchive Archive);

/// <summary>Shows what is known of a run whose events are in an archive.</summary>
public sealed class ShowArchivedRunHandler(IEventStore store, IDocuments documents, Access access, Readings readings)
{
    /// <summary>That, or NOT_FOUND: also for a run that is not archived.</summary>
    public async Task<Result<ArchivedRun>> HandleAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var stream = Ledger.StreamOf<Run>(id.Value);
        if ((await store.ArchivedAsync([stream], cancel)).GetValueOrDefault(stream) is not { } archive
            || await documents.FindAsync<RunView>(id.ToString(), cancel) is not { } run) return Problem.NotFound("run");
        if (await access.RefusalAsync(caller, run.Project, Operation.ShowRuns, "run", cancel) is { } refusal) return refusal;
        if (run.SubmittedBy != caller.User)
            await readings.NoteAsync(caller, run.Project, ReadingKind.Run, id.ToString(), cancel);
        return new ArchivedRun(run, archive);
    }
}
