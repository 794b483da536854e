namespace Portal.EventStore;

/// <summary>Compares the events of an export that stand before a seal with what that seal covers.</summary>
/// <param name="seal">The seal.</param>
/// <param name="leaves">Position and hash of each of its events, which its root proves.</param>
/// <param name="events">The events that are there.</param>
internal sealed class GroupCheck(Seal seal, byte[] leaves, List<ExportedEvent> events)
{
    private int Leaves => leaves.Length / KeptSeal.LeafBytes;

    /// <summary>How many of the first are as they were sealed.</summary>
    public int Good { get; private set; }

    /// <summary>Finds the first that is not.</summary>
    /// <param name="rest">Tells of an event what comes after the seal, where the fault can only be named by that.</param>
    public async Task<StoreFault?> RunAsync(Func<long, Task<ExportRest>> rest)
    {
        for (; Good < Math.Max(Leaves, events.Count); Good++)
        {
            if (Good >= Leaves) return await AddedAsync(events[Good], rest);
            var (position, hash) = Leaf(Good);
            if (Good >= events.Count) return await GoneAsync(position, rest);
            var one = events[Good];
            if (one.Position != position) return await MisplacedAsync(one, position, rest);
            if (one.Good && one.Hash.AsSpan().SequenceEqual(hash)) continue;
            return one.Good && SealLeaves.Has(leaves, one.Hash)
                ? one.Fault(StoreFaultKind.Reordered, "was sealed at another position", seal.Number)
                : one.Fault(StoreFaultKind.Edited, "says something else than when it was sealed", seal.Number);
        }
        return null;
    }

    private async Task<StoreFault> MisplacedAsync(ExportedEvent one, long expected, Func<long, Task<ExportRest>> rest)
    {
        if (one.Good && one.Hash.AsSpan().SequenceEqual(Leaf(Good).Hash))
            return one.Fault(StoreFaultKind.Edited, $"was sealed at position {expected}", seal.Number);
        if (!SealLeaves.Has(leaves, one.Position)) return await AddedAsync(one, rest);
        if (events.Count(other => other.Position == one.Position) > 1)
            return one.Fault(StoreFaultKind.Inserted, "stands there twice", seal.Number);
        return events.Exists(other => other.Position == expected) ? Moved(expected, one) : await GoneAsync(expected, rest);
    }

    // It may belong to a later seal.
    private async Task<StoreFault> AddedAsync(ExportedEvent one, Func<long, Task<ExportRest>> rest)
    {
        var later = await rest(one.Position);
        return later.Sealed && !later.Has
            ? one.Fault(StoreFaultKind.Reordered, "belongs further down", seal.Number)
            : one.Fault(StoreFaultKind.Inserted, "was not there when its place was sealed", seal.Number);
    }

    private async Task<StoreFault> GoneAsync(long position, Func<long, Task<ExportRest>> rest)
    {
        var later = await rest(position);
        if (later.Has)
            return new(StoreFaultKind.Reordered, position, null, null, null, seal.Number,
                $"The event at position {position} stands further down than it belongs.");
        var cut = Good >= events.Count && !later.HasEvents;
        return new(cut ? StoreFaultKind.CutOff : StoreFaultKind.Removed, position, null, null, null, seal.Number, cut
            ? $"The end was cut off: the event at position {position}, which seal {seal.Number} covers, and all after it are "
                + "gone."
            : $"The event at position {position}, which seal {seal.Number} covers, is gone.");
    }

    private StoreFault Moved(long expected, ExportedEvent one) => new(
        StoreFaultKind.Reordered, expected, null, null, null, seal.Number,
        $"In the place of the event at position {expected} stands the one at position {one.Position} ({one.Stream} version "
        + $"{one.Version}).");

    private (long Position, byte[] Hash) Leaf(int at) => (SealLeaves.Position(leaves, at * KeptSeal.LeafBytes),
        SealLeaves.Hash(leaves, at * KeptSeal.LeafBytes).ToArray());
}
