using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Portal.EventStore;

/// <summary>All nodes of a <see cref="MerkleTree"/>, so that the proofs of many leaves cost one building: from each level to the
/// next two nodes become one, and one without a neighbour goes up as it is, which gives the tree of RFC 9162.</summary>
public sealed class MerkleLevels
{
    private const int Size = SHA256.HashSizeInBytes;

    // Fewer nodes than these are not worth a second thread.
    private const int Few = 4096;

    // The hashes of a level one behind the other, leaves first.
    private readonly List<byte[]> levels = [];

    /// <summary>Builds it.</summary>
    /// <param name="leaves">All leaves, in order (<see cref="MerkleTree.Leaf(long, ReadOnlySpan{byte})"/>).</param>
    public MerkleLevels(IReadOnlyCollection<byte[]> leaves) : this([.. leaves.SelectMany(leaf => leaf)])
    {
    }

    private MerkleLevels(byte[] hashes)
    {
        for (var level = hashes; ; level = Above(level))
        {
            levels.Add(level);
            if (level.Length <= Size) return;
        }
    }

    /// <summary>Builds that of a seal.</summary>
    /// <param name="leaves">What it covers (<see cref="KeptSeal.Leaves"/>).</param>
    internal static MerkleLevels Of(byte[] leaves)
    {
        var hashes = new byte[leaves.Length / KeptSeal.LeafBytes * Size];
        Each(hashes.Length / Size, leaf =>
        {
            var at = leaf * KeptSeal.LeafBytes;
            MerkleTree.Leaf(SealLeaves.Position(leaves, at), SealLeaves.Hash(leaves, at), hashes.AsSpan(leaf * Size, Size));
        });
        return new(hashes);
    }

    /// <summary>The inclusion proof of a leaf (section 2.1.3.1): the hashes beside the way from it to the root.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public IReadOnlyList<byte[]> Path(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, levels[0].Length / Size);
        var path = new List<byte[]>();
        foreach (var level in levels)
        {
            var beside = (index ^ 1) * Size;
            if (beside < level.Length) path.Add(level[beside..(beside + Size)]);
            index /= 2;
        }
        return path;
    }

    /// <summary>Root of a subtree of it: of so many leaves as one node stands above, or of all that are left from
    /// there.</summary>
    /// <param name="first">Its first leaf, a multiple of the power of two that is not below their number.</param>
    /// <param name="count">How many leaves it has.</param>
    internal byte[] Root(int first, int count)
    {
        var level = 0;
        while (1L << level < count) level++;
        return levels[level].AsSpan((first >> level) * Size, Size).ToArray();
    }

    private static byte[] Above(byte[] level)
    {
        var nodes = level.Length / Size;
        var above = new byte[(nodes + 1) / 2 * Size];
        Each(nodes / 2, node => MerkleTree.Join(level.AsSpan(node * 2 * Size, 2 * Size), above.AsSpan(node * Size, Size)));
        if (nodes % 2 == 1) level.AsSpan(level.Length - Size).CopyTo(above.AsSpan(above.Length - Size));
        return above;
    }

    private static void Each(int count, Action<int> make)
    {
        if (count < Few)
        {
            for (var one = 0; one < count; one++) make(one);
            return;
        }
        Parallel.ForEach(Partitioner.Create(0, count), range =>
        {
            for (var one = range.Item1; one < range.Item2; one++) make(one);
        });
    }
}
