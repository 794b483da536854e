using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;

namespace Portal.Domain.Data;

/// <summary>Opens files at a project's places for reading. The portal's side of it is in Jobs.</summary>
public interface IPlaceReader
{
    /// <summary>The file's bytes from the beginning; or why there are none.</summary>
    Task<Result<Stream>> ReadAsync(Id<Project> project, Location location, CancellationToken cancel);
}

/// <summary>A result of a run, opened.</summary>
/// <param name="Name">The file's name, the last part of its path.</param>
/// <param name="Size">Bytes, as they were verified.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Content">Its bytes; whoever gets it disposes of it.</param>
public sealed record OpenedOutput(string Name, long Size, string Sha256, Stream Content);

/// <summary>Opens a result of a run where it was put.</summary>
public sealed class OpenOutputHandler(RunAccess runs, IPlaceReader places, Readings readings)
{
    /// <summary>The result, given by its place in the plan; NOT_FOUND while it has not arrived.</summary>
    public async Task<Result<OpenedOutput>> HandleAsync(Caller caller, Id<Run> id, int index, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Operation.OpenOutput, cancel);
        if (!found.Ok) return Result.Refused<OpenedOutput>(found.Problems);
        var run = found.Value.State;
        if (index < 0 || index >= run.Request.Plan.Outputs.Count
            || !run.Transfers.TryGetValue(NextAct.TransferKey("output", index), out var transfer) || transfer.Sha256 is not { } sha256)
            return Problem.NotFound("output");
        var output = run.Request.Plan.Outputs[index];
        if (run.Request.SubmittedBy != caller.User)
            await readings.NoteAsync(caller, run.Request.ProjectId, ReadingKind.Output, $"{id} {output.To.Path}", cancel);
        var content = await places.ReadAsync(run.Request.ProjectId, output.To, cancel);
        return content.Ok
            ? new OpenedOutput(output.To.Path.Split('/')[^1], transfer.Bytes, sha256, content.Value)
            : Result.Refused<OpenedOutput>(content.Problems);
    }
}
