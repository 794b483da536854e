using System.Security.Cryptography;

namespace Portal.EventStore;

/// <summary>The seals of a proof, and whether events stand under their roots, in the order of all events.</summary>
internal sealed class SealedPaths
{
    private readonly Dictionary<long, Seal> seals = [];
    private (long Seal, long Index) before = (0, -1);

    /// <summary>Reads the seals: each is signed by a known key, and those that follow one another do so.</summary>
    public SealedPaths(IReadOnlyList<SignedSeal> signed, SealKeys keys)
    {
        var row = new SealRow(keys);
        foreach (var one in signed)
        {
            Fault = row.Next(one);
            if (Fault is not null) return;
            seals[row.Last!.Number] = row.Last;
        }
    }

    /// <summary>What is wrong with the seals themselves.</summary>
    public StoreFault? Fault { get; private set; }

    /// <summary>The last seal that covers an event so far.</summary>
    public Seal? Last { get; private set; }

    /// <summary>How many events were not sealed.</summary>
    public long Unsealed { get; private set; }

    /// <summary>What is wrong with the place of the next event.</summary>
    public StoreFault? Wrong(EventLine line, byte[] hash, ProvenEvent place)
    {
        if (place is not { Seal: { } number, Index: { } index, Path: { } path })
        {
            Unsealed++;
            return null;
        }
        if (!seals.TryGetValue(number, out var seal))
            return new(StoreFaultKind.SealMissing, line.Position, line.Stream, line.Version, line.Id, number,
                $"Seal {number} is gone, which covers the event at position {line.Position}.");
        if (Unsealed > 0)
            return ProofCheck.Fault(StoreFaultKind.Edited, line, "is sealed, and one before it is not: its proof was taken away",
                number);
        if ((number, index).CompareTo(before) <= 0)
            return ProofCheck.Fault(StoreFaultKind.Reordered, line, "was sealed before the one that stands before it", number);
        var root = Hashes(path) is { } hashes
            ? MerkleTree.RootOf(MerkleTree.Leaf(line.Position, hash), index, seal.Count, hashes) : null;
        if (root is null || Convert.ToHexStringLower(root) != seal.Root)
            return ProofCheck.Fault(StoreFaultKind.Edited, line, "says something else than when it was sealed", number);
        (before, Last) = ((number, index), seal);
        return null;
    }

    private static List<byte[]>? Hashes(IReadOnlyList<string> path)
    {
        try
        {
            List<byte[]> hashes = [.. path.Select(Convert.FromHexString)];
            return hashes.TrueForAll(hash => hash.Length == SHA256.HashSizeInBytes) ? hashes : null;
        }
        catch (Exception fault) when (fault is FormatException or ArgumentNullException)
        {
            return null;
        }
    }
}
