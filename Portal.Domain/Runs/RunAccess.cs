using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>A run that the caller may see, or the refusal. That somebody sees a run of another is noted where it has to
/// be.</summary>
public sealed class RunAccess(Ledger ledger, Access access, Readings readings, ArchivedRuns archived)
{
    /// <summary>The run and its version; NOT_FOUND when there is none or its project is not the caller's, STREAM_ARCHIVED where its
    /// events are in an archive.</summary>
    public Task<Result<Loaded<Run>>> FindAsync(Caller caller, Id<Run> id, Operation operation, CancellationToken cancel, StreamBound? until = null) =>
        FindAsync(caller, id, _ => operation, cancel, until);

    /// <summary>The same where it is the run that tells what is asked for.</summary>
    public async Task<Result<Loaded<Run>>> FindAsync(
        Caller caller, Id<Run> id, Func<RunSubmitted, Operation> operation, CancellationToken cancel, StreamBound? until = null)
    {
        Loaded<Run> run;
        try
        {
            run = await ledger.LoadAsync<Run>(id.Value, cancel, until);
        }
        catch (StreamArchivedException gone)
        {
            return await archived.RefusalAsync(caller, id, gone.Archive, cancel);
        }
        if (run.State.Submitted is not { } request) return Problem.NotFound("run");
        var asked = operation(request);
        if (await access.RefusalAsync(caller, request.ProjectId, asked, "run", cancel) is { } refusal) return refusal;
        if (asked == Operation.ShowRuns && request.SubmittedBy != caller.User)
            await readings.NoteAsync(caller, request.ProjectId, ReadingKind.Run, id.ToString(), cancel);
        return run;
    }

    /// <summary>The refusal of who did not submit a run, for what is done with its submitter's key; null for who did.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="request">The run as it was submitted.</param>
    /// <param name="operation">What they ask for.</param>
    /// <param name="refusal">What others are told.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Problem?> OthersRefusalAsync(
        Caller caller, RunSubmitted request, Operation operation, Problem refusal, CancellationToken cancel) =>
        request.SubmittedBy == caller.User ? null
            : await access.RefusedAsync(caller, request.ProjectId, operation, refusal, cancel);
}

/// <summary>Shows one run as it is, or as it was.</summary>
public sealed class ShowRunHandler(RunAccess runs)
{
    /// <summary>The run and the version it was folded to, or NOT_FOUND.</summary>
    public Task<Result<Loaded<Run>>> HandleAsync(Caller caller, Id<Run> id, StreamBound? until, CancellationToken cancel) =>
        runs.FindAsync(caller, id, Operation.ShowRuns, cancel, until);
}

/// <summary>Lists the runs of a project. That somebody sees runs of others in it is noted where it has to be.</summary>
public sealed class ListRunsHandler(IDocuments documents, Access access, Readings readings)
{
    /// <summary>A page; the columns are those of <see cref="RunViewProjection"/>.</summary>
    public async Task<Result<DocumentPage<RunView>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel)
    {
        var found = await ProjectLists.PageAsync<RunView>(documents, access, caller, project, Operation.ShowRuns, query, cancel);
        if (found.Ok && found.Value.Items.Any(run => run.SubmittedBy != caller.User))
            await readings.NoteAsync(caller, project, ReadingKind.Runs, project.ToString(), cancel);
        return found;
    }
}

/// <summary>Reads the events of one run.</summary>
public sealed class ReadRunEventsHandler(RunAccess runs, IEventStore store)
{
    /// <summary>The events after a version, oldest first.</summary>
    public async Task<Result<IReadOnlyList<Recorded>>> HandleAsync(Caller caller, Id<Run> id, long afterVersion, int limit, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Operation.ShowRuns, cancel);
        if (!found.Ok) return Result.Refused<IReadOnlyList<Recorded>>(found.Problems);
        var events = new List<Recorded>();
        await foreach (var recorded in store.ReadStreamAsync(Ledger.StreamOf<Run>(id.Value), afterVersion + 1,
            new(Version: afterVersion + limit), cancel))
            events.Add(recorded);
        return events;
    }
}
