using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Quotas;

/// <summary>Lets runs into projects as far as their quotas go. What is counted and what is written stand or fall together, so two
/// can never take the last place (docs/adr/0016).</summary>
public sealed class Admission(Ledger ledger, IEventStore store, IDocuments documents, Standings standings)
{
    private const int MostChanges = 8;

    /// <summary>Writes the facts of a run that begins or goes on, where there is room for it: QUOTA_EXCEEDED where there is
    /// none, CONFLICT where the run's own stream moved on.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="project">The run's project.</param>
    /// <param name="run">The run.</param>
    /// <param name="demand">What it asks for.</param>
    /// <param name="write">Its facts.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<AppendResult.Appended>> AppendAsync(
        Caller caller, Id<Project> project, Id<Run> run, Demand demand, Write write, CancellationToken cancel)
    {
        while (true)
        {
            var place = await PlaceAsync(project, run, demand, cancel);
            if (!place.Ok) return Result.Refused<AppendResult.Appended>(place.Problems);
            var written = await ledger.AppendAsync(caller, [write, .. place.Value], cancel);
            // Where it was not the run that moved on, another was let in meanwhile: each time around one gets further.
            if (written.Ok || place.Value.Count == 0 || await MovedOnAsync(write, cancel)) return written;
            await documents.CaughtUpAsync<Usage>(await store.HighestPositionAsync(cancel), cancel);
        }
    }

    /// <summary>Loads, decides and writes, as <see cref="Ledger.ChangeAsync"/> does, where there is room for the run.</summary>
    public async Task<Result<TState>> ChangeAsync<TState>(Caller caller, Id<Project> project, Id<Run> run, Demand demand,
        Func<TState, Result<IReadOnlyList<object>>> decide, CancellationToken cancel) where TState : class, IAggregate<TState>
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, version) = await ledger.LoadAsync<TState>(run.Value, cancel);
            var decided = decide(state);
            if (!decided.Ok) return Result.Refused<TState>(decided.Problems);
            if (decided.Value.Count == 0) return state;
            var written = await AppendAsync(
                caller, project, run, demand, new(Ledger.StreamOf<TState>(run.Value), version, decided.Value), cancel);
            if (written.Ok) return (await ledger.LoadAsync<TState>(run.Value, cancel)).State;
            if (written.Problems[0].Code != "CONFLICT" || attempt == MostChanges) return Result.Refused<TState>(written.Problems);
        }
    }

    // The fact that the run was let in, where that has to be told; none where nothing is limited that others could take at once.
    private async Task<Result<IReadOnlyList<Write>>> PlaceAsync(Id<Project> project, Id<Run> run, Demand demand,
        CancellationToken cancel)
    {
        if ((await standings.LimitsAsync(project, cancel)).Holds.Nothing) return Result.Of<IReadOnlyList<Write>>([]);
        var (standing, admissions) = await standings.OfAsync(project, cancel);
        if (standing.Refusal(demand) is not null)
        {
            // Counted behind the tail: nobody is turned away for a run that has ended by now.
            await documents.CaughtUpAsync<Usage>(await store.HighestPositionAsync(cancel), cancel);
            (standing, admissions) = await standings.OfAsync(project, cancel);
            if (standing.Refusal(demand) is { } refusal) return refusal;
        }
        return standing.Limits is { Runs: null, CoreHours: null }
            ? Result.Of<IReadOnlyList<Write>>([])
            : new Write[] { new(Ledger.StreamOf<Quota>(project.Value), admissions, [new RunAdmitted(project, run)]) };
    }

    private async Task<bool> MovedOnAsync(Write write, CancellationToken cancel)
    {
        await foreach (var _ in store.ReadStreamAsync(
            write.Stream, write.ExpectedVersion + 1, new(Version: write.ExpectedVersion + 1), cancel))
            return true;
        return false;
    }
}
