using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Shows a run as it was.</summary>
public sealed class RunAtHandler(Past past, Access access, Readings readings, ArchivedRuns archived)
{
    /// <summary>The run at a moment, or as it is where none is named; NOT_FOUND when there is none or its project is not the
    /// caller's, STREAM_ARCHIVED where its events are in an archive, and else why there is no such moment (<see cref="Past"/>).</summary>
    public async Task<Result<AsItWas<Run>>> HandleAsync(Caller caller, Id<Run> id, Moment? at, CancellationToken cancel)
    {
        IReadOnlyList<Recorded> events;
        try
        {
            events = await past.ReadAsync<Run>(id.Value, cancel);
        }
        catch (StreamArchivedException gone)
        {
            return await archived.RefusalAsync(caller, id, gone.Archive, cancel);
        }
        if (events is not [{ Body: RunSubmitted request }, ..]) return Problem.NotFound("run");
        if (await access.RefusalAsync(caller, request.ProjectId, Operation.ShowRuns, "run", cancel) is { } refusal) return refusal;
        await readings.NoteAsync(caller, request.ProjectId, ReadingKind.Replay, id.ToString(), cancel);
        return await past.FindAsync<Run>(events, at, "run", cancel);
    }
}
