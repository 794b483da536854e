using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Workflows.Description;

namespace Portal.Domain.Runs;

/// <summary>One of the two streams of one task of one step.</summary>
/// <param name="Run">The run.</param>
/// <param name="Step">The step's id.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Task">Array task; null for a single job.</param>
/// <param name="Stream"><c>stdout</c> or <c>stderr</c>.</param>
public sealed record LogName(Id<Run> Run, string Step, int Attempt, int? Task, string Stream);

/// <summary>A piece of a log.</summary>
/// <param name="Offset">Where it begins, in bytes.</param>
/// <param name="Bytes">What stands there.</param>
/// <param name="Size">Bytes known so far.</param>
/// <param name="Complete">Whether nothing will follow.</param>
/// <param name="Truncated">Whether its beginning was left out, because the log is longer than is kept.</param>
public sealed record LogPiece(long Offset, ReadOnlyMemory<byte> Bytes, long Size, bool Complete, bool Truncated);

/// <summary>Where logs are kept, so that they can be read after the key is gone. The portal's side of it is in Jobs.</summary>
public interface ILogs
{
    /// <summary>A piece from an offset.</summary>
    Task<LogPiece> ReadAsync(LogName name, long offset, int limit, CancellationToken cancel);

    /// <summary>Says that somebody is watching, so that the worker brings what is new about once a second; holds for half a
    /// minute.</summary>
    Task WatchAsync(LogName name, CancellationToken cancel);

    /// <summary>Listens, from now on, for what this process adds to a log.</summary>
    ILogNews Listen(LogName name);
}

/// <summary>Hears that something was added to a log, until it is disposed of. Listen first, then read, then wait: nothing that is
/// added in between is missed. What another node adds is not heard, so who follows looks now and then all the same.</summary>
public interface ILogNews : IDisposable
{
    /// <summary>Waits until something was added since the last waiting; false if nothing was for so long.</summary>
    Task<bool> WaitAsync(TimeSpan most, CancellationToken cancel);
}

/// <summary>Reads a log, and keeps it coming while the run goes on.</summary>
public sealed class ReadLogHandler(RunAccess runs, ILogs logs, Readings readings)
{
    /// <summary>Most bytes of one answer.</summary>
    public const int LargestPiece = 1 << 20;

    /// <summary>How long who follows waits for news before looking all the same.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Listens for what is added to a log; what it is, only <see cref="HandleAsync"/> tells.</summary>
    public ILogNews Listen(LogName name) => logs.Listen(name);

    /// <summary>A piece of the log, or NOT_FOUND.</summary>
    public async Task<Result<LogPiece>> HandleAsync(Caller caller, LogName name, long offset, int limit, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, name.Run, Operation.ShowRuns, cancel);
        if (!found.Ok) return Result.Refused<LogPiece>(found.Problems);
        var run = found.Value.State;
        if (name.Stream is not ("stdout" or "stderr")) return Problem.Invalid("stream", "A log is stdout or stderr.");
        if (run.Steps.FirstOrDefault(state => state.Id == name.Step) is not { } step) return Problem.NotFound("step");
        if (Misses(run.Request.Plan.Steps.First(planned => planned.Id == name.Step), name.Task) is { } missing) return missing;
        if (offset < 0) return Problem.Invalid("offset", "An offset is 0 or more.");
        if (run.Request.SubmittedBy != caller.User)
            await readings.NoteAsync(caller, run.Request.ProjectId, ReadingKind.Log, $"{name.Run} {name.Step}", cancel);
        // Nothing is added to an attempt that ended, though the run goes on with others.
        var over = run.Phase.IsFinal() || name.Attempt < step.Attempt || (name.Attempt == step.Attempt && !step.InHand);
        if (!over) await logs.WatchAsync(name, cancel);
        var piece = await logs.ReadAsync(name, offset, Math.Clamp(limit, 1, LargestPiece), cancel);
        return over ? piece with { Complete = piece.Offset + piece.Bytes.Length >= piece.Size } : piece;
    }

    // Each task of an array has a log of its own, and the step has none: an empty answer would look as if nothing was
    // written.
    private static Problem? Misses(StepPlan step, int? task) => (step.Resources.Array, task) switch
    {
        (null, null) => null,
        ({ } array, null) => new("TASK_NEEDED", $"Step {step.Id} is an array, and each of its tasks has a log of its own.",
            "task", Advice: $"Say which task is meant, of {array}."),
        ({ } array, { } number) when array.Tasks.Contains(number) => null,
        _ => Problem.NotFound("task"),
    };
}
