using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Archives runs that ended long ago, and notes that were recorded before the same moment (<see
/// cref="ArchivableNotes"/>).</summary>
/// <param name="EndedBefore">They ended before this.</param>
public sealed record ArchiveRuns(DateTimeOffset EndedBefore)
{
    /// <summary>What is wrong with it, or null.</summary>
    public Problem? Wrong(DateTimeOffset now) => EndedBefore <= now ? null
        : Problem.Invalid("endedBefore", "That is still to come.",
            "Name a moment that is over: runs that ended before it are archived.");
}

/// <summary>How much could be archived.</summary>
/// <param name="Runs">So many runs.</param>
/// <param name="Held">So many more, if a hold did not forbid it.</param>
/// <param name="Notes">So many notes.</param>
/// <param name="HeldNotes">So many more, if a hold did not forbid it.</param>
public sealed record ArchivableCount(long Runs, long Held, long Notes, long HeldNotes);

/// <summary>What came of archiving.</summary>
/// <param name="Archives">The archives that were made.</param>
/// <param name="Left">How many runs and notes could be archived still; asked again, they are.</param>
public sealed record ArchivedNow(IReadOnlyList<ArchiveView> Archives, long Left);

/// <summary>Handles <see cref="ArchiveRuns"/>: administrators may.</summary>
public sealed class ArchiveRunsHandler(Access access, ArchivableRuns runs, ArchivableNotes notes, IArchives archives,
    IDocuments documents, IEventStore store, IChance chance)
{
    /// <summary>The most archives that are made at one request.</summary>
    public const int Most = 10;

    /// <summary>How many runs and notes it is about.</summary>
    public async Task<Result<ArchivableCount>> CountAsync(Caller caller, ArchiveRuns command, CancellationToken cancel)
    {
        if (await RefusalAsync(caller, command, Operation.ListArchives, cancel) is { } refusal) return refusal;
        return await CountAsync(command, cancel);
    }

    /// <summary>Archives them; <c>ARCHIVES_OFF</c> where there is no folder for it.</summary>
    public async Task<Result<ArchivedNow>> HandleAsync(Caller caller, ArchiveRuns command, CancellationToken cancel)
    {
        if (await RefusalAsync(caller, command, Operation.KeepArchives, cancel) is { } refusal) return refusal;
        var made = await runs.ArchiveAsync(caller, command.EndedBefore, Most, cancel);
        if (!made.Ok) return Result.Refused<ArchivedNow>(made.Problems);
        var more = await notes.ArchiveAsync(caller, command.EndedBefore, Most - made.Value.Count, cancel);
        if (!more.Ok && made.Value.Count == 0) return Result.Refused<ArchivedNow>(more.Problems);
        await documents.CaughtUpAsync<ArchiveView>(await store.HighestPositionAsync(cancel), cancel);
        var views = new List<ArchiveView>();
        foreach (var one in made.Value.Concat(more.Value ?? []))
            if (await documents.FindAsync<ArchiveView>(one.ArchiveId.ToString("n"), cancel) is { } view) views.Add(view);
        var left = await CountAsync(command, cancel);
        return new ArchivedNow(views, left.Runs + left.Notes);
    }

    private async Task<ArchivableCount> CountAsync(ArchiveRuns command, CancellationToken cancel)
    {
        var ended = await runs.CountAsync(command.EndedBefore, cancel);
        var noted = await notes.CountAsync(command.EndedBefore, cancel);
        return new(ended.Free, ended.Held, noted.Free, noted.Held);
    }

    private async Task<Problem?> RefusalAsync(Caller caller, ArchiveRuns command, Operation operation, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, operation, "archives", cancel) is { } refusal) return refusal;
        if (archives.Folder.Length == 0)
            return new("ARCHIVES_OFF", "There is no folder for archives.",
                Advice: "Name it by Portal:Archives:Folder, and start the portal anew.");
        return command.Wrong(chance.Now);
    }
}
