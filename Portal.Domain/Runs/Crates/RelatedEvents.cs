using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Runs.Crates;

/// <summary>Finds what belongs to a run outside of its own stream: what its submission led to, and what names it, such as a
/// use of a key for it. Only as far as the caller may read, and without what is archived, or tells that it was read or taken
/// away.</summary>
public sealed class RelatedEvents(IEventSearch search, AuditReach reach)
{
    private static readonly string[] Prefixes = [Readings.Prefix + "-", RunExported.Prefix + "-"];

    /// <summary>Positions of these events.</summary>
    /// <param name="caller">Who may read them.</param>
    /// <param name="events">The run's own, all of them.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<IReadOnlyList<long>>> OfAsync(
        Caller caller, IReadOnlyList<Recorded> events, int most, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(events);
        var within = await reach.OfAsync(caller, null, cancel);
        if (!within.Ok) return Result.Refused<IReadOnlyList<long>>(within.Problems);
        var (first, found) = (events[0], new SortedSet<long>());
        EventQuestion[] questions =
        [
            new() { Correlation = first.Metadata.CorrelationId },
            new() { Run = ((RunSubmitted)first.Body).RunId },
        ];
        foreach (var question in questions)
        {
            await foreach (var portion in search.ReadAsync(question.SearchFor(within.Value), cancel))
            {
                found.UnionWith(portion.Where(one => one.Stream != first.Stream && one.Archive is null
                    && !Array.Exists(Prefixes, prefix => one.Stream.StartsWith(prefix, StringComparison.Ordinal)))
                    .Select(one => one.Position));
                if (found.Count > most)
                    return new Problem("RUN_TOO_LONG", $"More than {most} events beside the run's own belong to it.",
                        Advice: "Take the run without them, and the others by `portal audit export --proof`.");
            }
        }
        return Result.Of<IReadOnlyList<long>>([.. found]);
    }
}
