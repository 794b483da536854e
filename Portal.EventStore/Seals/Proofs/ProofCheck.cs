namespace Portal.EventStore;

/// <summary>What a verification of some events found.</summary>
/// <param name="Events">How many were looked at.</param>
/// <param name="Proven">The last seal that covers one of them; null where none does.</param>
/// <param name="Unsealed">How many of the last only their chains speak for.</param>
/// <param name="Remarks">What is no fault, and yet somebody should know.</param>
/// <param name="Fault">The first that is not as it was; null where all is.</param>
public sealed record ProofReport(long Events, Seal? Proven, long Unsealed, IReadOnlyList<string> Remarks, StoreFault? Fault)
{
    /// <summary>What there is of each stream, in the order in which they come.</summary>
    public IReadOnlyList<ProvenStream> Streams { get; init; } = [];

    /// <summary>Whether everything is as it was.</summary>
    public bool Holds => Fault is null;
}

/// <summary>What there is of a stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Events">How many of its events.</param>
/// <param name="Last">Version of the last of them.</param>
public sealed record ProvenStream(string Stream, long Events, long Last)
{
    /// <summary>Whether all are there from its first to that one. That none followed only another event can say.</summary>
    public bool Whole => Events == Last;
}

/// <summary>Compares events with the seals of a proof, with nothing but public keys: no store and no portal is asked.</summary>
public sealed class ProofCheck
{
    private readonly EventProof proof;
    private readonly IReadOnlyList<EventLine> lines;
    private readonly SealedPaths paths;
    private readonly ClockWatch clock = new();
    private readonly Dictionary<string, (long Events, long Version, byte[] Hash)> heads = new(StringComparer.Ordinal);
    private readonly List<string> streams = [];
    private long events;

    private ProofCheck(EventProof proof, IReadOnlyList<EventLine> lines, SealKeys keys) =>
        (this.proof, this.lines, paths) = (proof, lines, new(proof.Seals, keys));

    /// <summary>Verifies events: each follows from the one before it in its stream, which is among them or whose hash
    /// it brings, and stands under the root of its seal. That nothing followed after the last of a stream no such proof can
    /// tell.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="lines">The events, those of its own record among them, in the order of all events.</param>
    /// <param name="keys">The public keys of the seals.</param>
    public static ProofReport Run(EventProof proof, IReadOnlyList<EventLine> lines, SealKeys keys)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(lines);
        var check = new ProofCheck(proof, lines, keys);
        var fault = check.paths.Fault ?? check.Compare();
        return new(check.events, check.paths.Last, check.paths.Unsealed, check.clock.Remarks, fault)
        {
            Streams = [.. check.streams.Select(
                stream => new ProvenStream(stream, check.heads[stream].Events, check.heads[stream].Version))],
        };
    }

    private StoreFault? Compare()
    {
        for (var at = 0; at < Math.Max(lines.Count, proof.Events.Count); at++)
        {
            if (at >= lines.Count) return Gone(StoreFaultKind.CutOff, proof.Events[at].Position);
            if (at >= proof.Events.Count || proof.Events[at].Position != lines[at].Position) return Misplaced(at);
            if (Wrong(lines[at], proof.Events[at]) is { } fault) return fault;
            events++;
        }
        return null;
    }

    private StoreFault? Wrong(EventLine line, ProvenEvent place)
    {
        var known = heads.TryGetValue(line.Stream, out var head);
        if (!known) head = (0, 0, EventHash.Start.ToArray());
        if (line.Version > head.Version + 1 && line.Previous is null)
            return new(StoreFaultKind.Removed, line.Position, line.Stream, head.Version + 1, null, null,
                $"{line.Stream} version {head.Version + 1} is gone: version {line.Version} follows what was before it.");
        if (line.Version <= head.Version)
            return Fault(StoreFaultKind.Inserted, line, "stands behind one that has its version or a later one");
        var hash = (line.Version == head.Version + 1 ? line.Follows(head.Hash) : line.Follows()) ?? [];
        var written = Convert.ToHexStringLower(hash);
        if (written != line.Hash || written != place.Hash)
            return Fault(StoreFaultKind.Edited, line, "says something else than its hash covers");
        if (paths.Wrong(line, hash, place) is { } fault) return fault;
        if (!known) streams.Add(line.Stream);
        heads[line.Stream] = (head.Events + 1, line.Version, hash);
        clock.Look(line.Position, line.Microseconds);
        return null;
    }

    private StoreFault Misplaced(int at)
    {
        if (at >= proof.Events.Count || !proof.Events.Any(place => place.Position == lines[at].Position))
            return Fault(StoreFaultKind.Inserted, lines[at], "is not among those that were proven");
        var expected = proof.Events[at].Position;
        return lines.FirstOrDefault(line => line.Position == expected) is { } later
            ? Fault(StoreFaultKind.Reordered, later, $"belongs before the one at position {lines[at].Position}")
            : Gone(StoreFaultKind.Removed, expected);
    }

    private static StoreFault Gone(StoreFaultKind kind, long position) => new(kind, position, null, null, null, null,
        kind == StoreFaultKind.CutOff
            ? $"The end was cut off: the event at position {position} and all after it are gone."
            : $"The event at position {position} is gone.");

    internal static StoreFault Fault(StoreFaultKind kind, EventLine line, string words, long? seal = null) =>
        new(kind, line.Position, line.Stream, line.Version, line.Id, seal,
            $"The event at position {line.Position} ({line.Stream} version {line.Version}) {words}.");
}
