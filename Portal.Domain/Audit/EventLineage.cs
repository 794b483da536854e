using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Of a request that led to more than is shown, what concerns one of its events: what led to it, step by step up to the
/// first; what it led to; and what the same cause led to beside it.</summary>
/// <param name="page">A page of the request's events: behind a place in their order, or in front of one.</param>
/// <param name="most">How many are shown.</param>
internal sealed class EventLineage(Func<EventQuestion, bool, CancellationToken, Task<Result<EventsFound>>> page, int most)
{
    private readonly List<Recorded> before = [], after = [];
    private IReadOnlyList<Problem> problems = [];

    /// <summary>They, in the order of all events. Half is kept for what led to it, nearest first, a quarter for what stands
    /// beside it and came earlier.</summary>
    /// <param name="first">The first event of the request.</param>
    /// <param name="chosen">The one that it is about.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<IReadOnlyList<Recorded>>> OfAsync(Recorded first, Recorded chosen, CancellationToken cancel)
    {
        await UpAsync(chosen, cancel);
        if (problems.Count == 0) await DownAsync(chosen, cancel);
        if (problems.Count > 0) return Result.Refused<IReadOnlyList<Recorded>>(problems);
        IEnumerable<Recorded> all = [first, .. before.AsEnumerable().Reverse(), chosen, .. after];
        return Result.Of<IReadOnlyList<Recorded>>([.. all.DistinctBy(one => one.Id)]);
    }

    // A cause stands in front of what it led to: one walk towards the beginning meets all of them. It ends where no cause is
    // named.
    private async Task UpAsync(Recorded chosen, CancellationToken cancel)
    {
        var (wanted, steps, beside) = (chosen.Metadata.CausationId, 0, 0);
        await foreach (var one in WalkAsync(chosen.Position, back: true, () => wanted is not null && steps < most / 2, cancel))
            if (one.Id == wanted)
            {
                before.Add(one);
                steps++;
                wanted = one.Metadata.CausationId;
            }
            else if (IsBeside(one, chosen) && beside < most / 4)
            {
                before.Add(one);
                beside++;
            }
    }

    private async Task DownAsync(Recorded chosen, CancellationToken cancel)
    {
        var (led, room) = (new HashSet<Guid> { chosen.Id }, most - before.Count - 2);
        await foreach (var one in WalkAsync(chosen.Position, back: false, () => after.Count < room, cancel))
            if (one.Metadata.CausationId is { } cause && led.Contains(cause))
            {
                after.Add(one);
                led.Add(one.Id);
            }
            else if (IsBeside(one, chosen)) after.Add(one);
    }

    private static bool IsBeside(Recorded one, Recorded chosen) =>
        chosen.Metadata.CausationId is { } cause && one.Metadata.CausationId == cause;

    private async IAsyncEnumerable<Recorded> WalkAsync(long from, bool back, Func<bool> goesOn,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var more = goesOn(); more;)
        {
            var found = await page(back ? new() { Before = from } : new() { After = from }, back, cancel);
            if (!found.Ok)
            {
                problems = found.Problems;
                yield break;
            }
            foreach (var one in found.Value.Events)
            {
                yield return one;
                if (!goesOn()) yield break;
            }
            if (found.Value.Events.Count > 0) from = found.Value.Events[^1].Position;
            more = found.Value.More;
        }
    }
}
