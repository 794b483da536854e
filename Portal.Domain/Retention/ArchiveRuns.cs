using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Archives runs that ended long ago.</summary>
/// <param name="EndedBefore">They ended before this.</param>
public sealed record ArchiveRuns(DateTimeOffset EndedBefore)
{
    /// <summary>What is wrong with it, or null.</summary>
    public Problem? Wrong(DateTimeOffset now) => EndedBefore <= now ? null
        : Problem.Invalid("endedBefore", "That is still to come.",
            "Name a moment that is over: runs that ended before it are archived.");
}

/// <summary>What came of archiving.</summary>
/// <param name="Archives">The archives that were made.</param>
/// <param name="Left">How many runs could be archived still; asked again, they are.</param>
public sealed record ArchivedNow(IReadOnlyList<ArchiveView> Archives, long Left);

/// <summary>Handles <see cref="ArchiveRuns"/>: administrators may.</summary>
public sealed class ArchiveRunsHandler(Access access, ArchivableRuns runs, IArchives archives, IDocuments documents, IEventStore store,
    IChance chance)
{
    /// <summary>The most archives that are made at one request.</summary>
    public const int Most = 10;

    /// <summary>How many runs it is about.</summary>
    public async Task<Result<ArchivableCount>> CountAsync(Caller caller, ArchiveRuns command, CancellationToken cancel)
    {
        if (await RefusalAsync(caller, command, Operation.ListArchives, cancel) is { } refusal) return refusal;
        return await runs.CountAsync(command.EndedBefore, cancel);
    }

    /// <summary>Archives them; <c>ARCHIVES_OFF</c> where there is no folder for it.</summary>
    public async Task<Result<ArchivedNow>> HandleAsync(Caller caller, ArchiveRuns command, CancellationToken cancel)
    {
        if (await RefusalAsync(caller, command, Operation.KeepArchives, cancel) is { } refusal) return refusal;
        var made = await runs.ArchiveAsync(caller, command.EndedBefore, Most, cancel);
        if (!made.Ok) return Result.Refused<ArchivedNow>(made.Problems);
        await documents.CaughtUpAsync<ArchiveView>(await store.HighestPositionAsync(cancel), cancel);
        var views = new List<ArchiveView>();
        foreach (var one in made.Value)
            if (await documents.FindAsync<ArchiveView>(one.ArchiveId.ToString("n"), cancel) is { } view) views.Add(view);
        return new ArchivedNow(views, (await runs.CountAsync(command.EndedBefore, cancel)).Runs);
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
