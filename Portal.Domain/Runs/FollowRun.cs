using System.Runtime.CompilerServices;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>What became of a run.</summary>
/// <param name="Run">The run after that.</param>
/// <param name="Events">What happened; nothing in the first of those that begin now.</param>
/// <param name="Position">Where to go on.</param>
public sealed record RunChange(Loaded<Run> Run, IReadOnlyList<Recorded> Events, long Position);

/// <summary>Follows one run to its end.</summary>
public sealed class FollowRunHandler(LiveEvents live, RunAccess runs, Ledger ledger, IEventStore store, IDocuments documents)
{
    /// <summary>The run as it is now, unless there is a position to go on after, and then whatever happens to it, each event
    /// once and in order, until it is over. A refusal is the last that comes.</summary>
    public async IAsyncEnumerable<Result<RunChange>> HandleAsync(
        Caller caller, Id<Run> id, long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var begin = await live.BeginAsync(after, cancel);
        var found = begin.Ok
            ? await runs.FindAsync(caller, id, Operation.ShowRuns, cancel)
            : Result.Refused<Loaded<Run>>(begin.Problems);
        if (!found.Ok)
        {
            yield return Result.Refused<RunChange>(found.Problems);
            yield break;
        }
        var run = after is null ? found.Value : null;
        if (run is not null) yield return new RunChange(run, [], begin.Value);
        var over = found.Value.State.Phase.IsFinal();
        if (over && run is not null) yield break;
        if (over) await SettledAsync(id, found.Value.Version, cancel);
        await foreach (var batch in over ? live.PastAsync(begin.Value, cancel)
            : live.FollowAsync(caller, found.Value.State.Request.ProjectId, Operation.ShowRuns, "run", begin.Value, cancel))
        {
            if (!batch.Ok)
            {
                yield return Result.Refused<RunChange>(batch.Problems);
                yield break;
            }
            var events = Fresh(batch.Value, id, run);
            if (events.Count == 0) continue;
            run ??= await ledger.LoadAsync<Run>(id.Value, cancel, new(Version: events[0].Version - 1));
            run = events.Aggregate(run, (before, recorded) => new(before.State.Apply(recorded), recorded.Version));
            yield return new RunChange(run, events, batch.Value[^1].Position);
            if (run.State.Phase.IsFinal() && await IsWholeAsync(id, run, cancel)) yield break;
        }
    }

    // What was loaded already comes once more.
    private static List<Recorded> Fresh(IReadOnlyList<Recorded> batch, Id<Run> id, Loaded<Run>? run)
    {
        var stream = Ledger.StreamOf<Run>(id.Value);
        return [.. batch.Where(recorded => recorded.Stream == stream && recorded.Version > (run?.Version ?? 0))];
    }

    // An end that was just written may come in the order of all events a moment later, behind a slow writer: not before lists show it.
    private async Task SettledAsync(Id<Run> id, long version, CancellationToken cancel)
    {
        await foreach (var last in store.ReadStreamAsync(Ledger.StreamOf<Run>(id.Value), version, new(Version: version), cancel))
            await documents.CaughtUpAsync<RunView>(last.Position, cancel);
    }

    // What was written together with the end may come in the next batch, and so may a retry.
    private async Task<bool> IsWholeAsync(Id<Run> id, Loaded<Run> run, CancellationToken cancel) =>
        (await ledger.LoadAsync<Run>(id.Value, cancel)).Version == run.Version;
}
