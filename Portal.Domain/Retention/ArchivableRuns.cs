using System.Runtime.CompilerServices;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Knows which runs may be archived, and archives them: those that ended before a moment, are not held and not archived.</summary>
public sealed class ArchivableRuns(
    IDocuments documents, IEventStore store, RetentionHolds holds, IAccounts accounts, IArchives archives)
{
    private const int Page = 500;

    /// <summary>How many there are, and how many more a hold keeps.</summary>
    public async Task<(long Free, long Held)> CountAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var held = await holds.OnRunsAsync(cancel);
        var (free, kept) = (0L, 0L);
        await foreach (var page in EndedAsync(before, cancel))
        {
            var binding = page.Count(held.Hold);
            (free, kept) = (free + page.Count - binding, kept + binding);
        }
        return (free, kept);
    }

    /// <summary>Archives them, oldest first, in as many archives as it takes, but no more than some.</summary>
    /// <param name="caller">Who wants it.</param>
    /// <param name="before">They ended before this.</param>
    /// <param name="most">How many archives at most.</param>
    /// <param name="cancel">Gives up; what was archived stays so.</param>
    /// <returns>The archives, or why the first could not be made.</returns>
    public async Task<Result<IReadOnlyList<StreamsArchived>>> ArchiveAsync(
        Caller caller, DateTimeOffset before, int most, CancellationToken cancel)
    {
        var made = new List<StreamsArchived>();
        // What the list says is over was so up to here: a run that goes on since then is left alone.
        var upTo = await store.HighestPositionAsync(cancel);
        await documents.CaughtUpAsync<RunView>(upTo, cancel);
        await foreach (var page in EndedAsync(before, cancel))
            while (made.Count < most)
            {
                var one = await OneAsync(caller, page, upTo, cancel);
                if (!one.Ok && one.Problems is { } problems)
                    return made.Count > 0 ? made : Result.Refused<IReadOnlyList<StreamsArchived>>(problems);
                if (one.Value is not { } archive) break;
                made.Add(archive);
            }
        return made;
    }

    // Whoever places a hold has their turn before or after: nothing is archived beside a hold that was just placed.
    private async Task<Result<StreamsArchived?>> OneAsync(Caller caller, List<RunView> runs, long upTo, CancellationToken cancel)
    {
        await using var turn = await accounts.TakeTurnAsync(cancel);
        var held = await holds.OnRunsAsync(cancel);
        return await archives.MakeAsync(
            caller, [.. runs.Where(run => !held.Hold(run)).Select(run => Ledger.StreamOf<Run>(run.Id.Value))], upTo, null,
            cancel);
    }

    private async IAsyncEnumerable<List<RunView>> EndedAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<RunView>(new(
                [new("final", Comparison.Equal, true), new("ended_at", Comparison.Less, before.ToUniversalTime())],
                "ended_at", Limit: Page, After: after), cancel);
            var gone = await store.ArchivedAsync([.. page.Items.Select(run => Ledger.StreamOf<Run>(run.Id.Value))], cancel);
            var here = page.Items.Where(run => !gone.ContainsKey(Ledger.StreamOf<Run>(run.Id.Value))).ToList();
            if (here.Count > 0) yield return here;
            if ((after = page.Next) is null) yield break;
        }
    }
}
