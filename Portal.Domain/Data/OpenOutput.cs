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

/// <summary>Opens a result of a run where it was put. Where a scanner is configured, what it finds something in is not given
/// out, and that is an event.</summary>
public sealed class OpenOutputHandler(
    RunAccess runs, IPlaceReader places, IContentScanner scanner, Readings readings, Ledger ledger, IChance chance)
{
    /// <summary>The result, given by its place in the plan; NOT_FOUND while it has not arrived.</summary>
    public async Task<Result<OpenedOutput>> HandleAsync(Caller caller, Id<Run> id, int index, CancellationToken cancel)
    {
        var access = await runs.FindAsync(caller, id, Operation.OpenOutput, cancel);
        if (!access.Ok) return Result.Refused<OpenedOutput>(access.Problems);
        var run = access.Value.State;
        if (index < 0 || index >= run.Request.Plan.Outputs.Count
            || !run.Transfers.TryGetValue(NextAct.TransferKey("output", index), out var transfer) || transfer.Sha256 is not { } sha256)
            return Problem.NotFound("output");
        var output = run.Request.Plan.Outputs[index];
        if (run.Request.SubmittedBy != caller.User)
            await readings.NoteAsync(caller, run.Request.ProjectId, ReadingKind.Output, $"{id} {output.To.Path}", cancel);
        var content = await places.ReadAsync(run.Request.ProjectId, output.To, cancel);
        if (!content.Ok) return Result.Refused<OpenedOutput>(content.Problems);
        var scanned = await scanner.PassAsync(content.Value, transfer.Bytes, cancel);
        if (!scanned.Ok) return Result.Refused<OpenedOutput>(scanned.Problems);
        if (scanned.Value.Content is { } clean) return new OpenedOutput(output.To.Path.Split('/')[^1], transfer.Bytes, sha256, clean);
        var found = scanned.Value.Found!;
        await ledger.AppendAsync(caller, [new($"{OutputRefused.Prefix}-{chance.NewGuid():n}", 0,
            [new OutputRefused(id, run.Request.ProjectId, output.To.Path, sha256, found)])], cancel);
        return new Problem("OUTPUT_INFECTED", $"The scanner found {found} in this file. It is not given out.",
            Advice: "Look where it comes from. If the scanner is wrong, the portal's operators can tell it so.");
    }
}
