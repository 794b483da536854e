namespace Portal.EventStore;

/// <summary>What a verification of an export found.</summary>
/// <param name="Events">How many of its events are as they were recorded, from the first on.</param>
/// <param name="Proven">The last seal that covers one of these; null where none does.</param>
/// <param name="UpTo">Position of the last of these that is sealed; null where none is.</param>
/// <param name="Unsealed">How many of the last only their hashes speak for.</param>
/// <param name="Notes">What the portal noted of it; null where that is not proven.</param>
/// <param name="Remarks">What is no fault, and yet somebody should know.</param>
/// <param name="Fault">The first that is not as it was; null where all is.</param>
public sealed record ExportFindings(long Events, Seal? Proven, long? UpTo, long Unsealed, ExportNotes? Notes,
    IReadOnlyList<string> Remarks, StoreFault? Fault);

/// <summary>Verifies an export of events with nothing but public keys: each event stands under the root of its seal, and together
/// they are what the portal gave for that filter. One seal's events are in memory at a time.</summary>
public sealed class ExportVerification
{
    private readonly SealKeys keys;
    private readonly SealRow seals;
    private readonly ExportEnd end;
    private readonly ClockWatch clock = new();
    private readonly ExportDigest digest = new();
    private readonly List<ExportedEvent> waiting = [];
    private Seal? proven;
    private long good, tail;
    private long? upTo;

    private ExportVerification(SealKeys keys) => (this.keys, seals, end) = (keys, new(keys), new());

    /// <summary>Verifies one.</summary>
    /// <param name="content">The file.</param>
    /// <param name="keys">The public keys of the seals, PEM; null for those that stand in it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FormatException">It is no such export, or the keys are none.</exception>
    public static async Task<ExportFindings> RunAsync(Stream content, string? keys, CancellationToken cancel)
    {
        await using var lines = LongLines.ReadAsync(content, cancel).GetAsyncEnumerator(cancel);
        var inside = ExportLines.KeysOf(await lines.MoveNextAsync() ? lines.Current : "");
        using var known = SealKeys.Parse(keys ?? inside);
        var check = new ExportVerification(known);
        using var _ = check.digest;
        var fault = await check.ReadAsync(lines) ?? check.EndAsIs();
        return new(check.good, check.proven, check.upTo, check.tail, fault is null ? check.end.Notes : null,
            [.. check.clock.Remarks, .. check.end.Remarks], fault);
    }

    private async Task<StoreFault?> ReadAsync(IAsyncEnumerator<string> lines)
    {
        for (var number = 2; await lines.MoveNextAsync(); number++)
        {
            try
            {
                if (await TakeAsync(lines.Current, lines) is { } fault) return fault;
            }
            catch (FormatException wrong)
            {
                return new(StoreFaultKind.FileChanged, null, null, null, null, null, $"Line {number}: {wrong.Message}");
            }
        }
        return null;
    }

    private async Task<StoreFault?> TakeAsync(string line, IAsyncEnumerator<string> lines)
    {
        if (end.Take(line)) return null;
        if (line.StartsWith(ExportLines.Seal, StringComparison.Ordinal))
            return await SealAsync(ExportLines.GroupOf(line), lines);
        var parsed = EventLine.Parse(line);
        var one = ExportedEvent.Of(parsed);
        if (end.Begun) return one.Fault(StoreFaultKind.Inserted, "stands behind the end");
        clock.Look(parsed.Position, parsed.Microseconds);
        waiting.Add(one);
        // Of one seal they cannot be any more.
        return waiting.Count > Sealer.MostEvents ? Tail() : null;
    }

    private async Task<StoreFault?> SealAsync(SealedGroup group, IAsyncEnumerator<string> lines)
    {
        if (seals.Next(new(group.Text, group.Signature)) is { } wrong) return wrong;
        var seal = seals.Last!;
        if (tail > 0 || end.Begun)
            return new(StoreFaultKind.SealMissing, null, null, null, null, seal.Number,
                $"Seal {seal.Number} stands behind events that no seal follows: theirs was taken away.");
        if (!group.Gives(seal))
            return new(StoreFaultKind.SealChanged, waiting.Count > 0 ? waiting[0].Position : null, null, null, null, seal.Number,
                $"The list of what seal {seal.Number} covers does not give its root: one of the events that stand before it"
                + (waiting.Count > 0 ? $", positions {waiting[0].Position} to {waiting[^1].Position}," : "")
                + " or one that is gone is not as it was sealed.");
        var check = new GroupCheck(seal, group.Leaves, waiting);
        var fault = await check.RunAsync(async position =>
        {
            var rest = new ExportRest(position);
            while (await lines.MoveNextAsync()) rest.Add(lines.Current);
            return rest;
        });
        good += check.Good;
        if (check.Good > 0) (upTo, proven) = (waiting[check.Good - 1].Position, seal);
        if (fault is not null) return fault;
        foreach (var one in waiting) digest.Add(one.Position, one.Hash);
        waiting.Clear();
        return group.Digest == digest.SoFar ? null : new(StoreFaultKind.Removed, upTo, null, null, null, seal.Number,
            $"Up to position {upTo} these are not the events that were given: one that seal {seal.Number} covers was taken out "
            + "or put in.");
    }

    private StoreFault? Tail()
    {
        foreach (var one in waiting)
        {
            if (!one.Good) return one.Fault(StoreFaultKind.Edited, "says something else than its hash covers");
            (good, tail) = (good + 1, tail + 1);
            digest.Add(one.Position, one.Hash);
        }
        waiting.Clear();
        return null;
    }

    private StoreFault? EndAsIs() => Tail() ?? end.Compare(digest, tail, upTo, keys);
}
