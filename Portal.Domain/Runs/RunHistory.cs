using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>A run with all that its steps went through.</summary>
/// <param name="Run">The run as it is now, and how many events it has.</param>
/// <param name="Attempts">By step: how each attempt stands or stood last, in order. What was never submitted is none.</param>
public sealed record RunHistory(Loaded<Run> Run, IReadOnlyDictionary<string, IReadOnlyList<StepState>> Attempts)
{
    /// <summary>Folds it from the run's events, all of them in order.</summary>
    public static RunHistory Of(IReadOnlyList<Recorded> events)
    {
        var (run, attempts) = (Runs.Run.Empty, new Dictionary<string, List<StepState>>());
        foreach (var recorded in events)
        {
            run = run.Apply(recorded);
            foreach (var step in run.Steps) Follow(attempts, step);
        }
        return new(new(run, events.Count == 0 ? 0 : events[^1].Version),
            attempts.ToDictionary(step => step.Key, IReadOnlyList<StepState> (step) => step.Value));
    }

    // The last of the list is the present attempt; an attempt of which nothing came gives its number back. A step that waits for
    // another attempt leaves those before as they were.
    private static void Follow(Dictionary<string, List<StepState>> attempts, StepState step)
    {
        if (!attempts.TryGetValue(step.Id, out var known)) attempts[step.Id] = known = [];
        if (known.Count > step.Attempt) known.RemoveRange(step.Attempt, known.Count - step.Attempt);
        if (known.Count < step.Attempt) known.Add(step);
        else if (step is { Attempt: > 0, Status: not StepStatus.Waiting }) known[^1] = step;
    }
}

/// <summary>Reads many runs, folding each as its events pass, for lists that tell more than a line of each.</summary>
public sealed class ReadRunsHandler(IEventStore store, Access access, Readings readings)
{
    /// <summary>Those that exist for the caller, and are not archived.</summary>
    public async Task<IReadOnlyDictionary<Id<Run>, RunHistory>> HandleAsync(
        Caller caller, IReadOnlyCollection<Id<Run>> ids, CancellationToken cancel)
    {
        string[] wanted = [.. ids.Select(id => Ledger.StreamOf<Run>(id.Value))];
        var archived = await store.ArchivedAsync(wanted, cancel);
        var (histories, runs) = (new List<RunHistory>(), new Dictionary<Id<Run>, RunHistory>());
        await foreach (var events in store.ReadEachAsync([.. wanted.Where(stream => !archived.ContainsKey(stream))], cancel))
            histories.Add(RunHistory.Of(events));
        foreach (var project in histories.GroupBy(run => run.Run.State.Request.ProjectId))
        {
            if (await access.RefusalAsync(caller, project.Key, Operation.ShowRuns, "run", cancel) is not null) continue;
            await readings.NoteAsync(caller, project.Key, ReadingKind.Run, [.. project.Select(run => run.Run.State.Request)
                .Where(request => request.SubmittedBy != caller.User).Select(request => request.RunId.ToString())], cancel);
            foreach (var run in project) runs[run.Run.State.Request.RunId] = run;
        }
        return runs;
    }
}
