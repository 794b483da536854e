namespace Portal.EventStore;

/// <summary>Shows of several leaves of a <see cref="MerkleTree"/> at once that they stand in it: by the roots of the largest
/// subtrees in which none of them is, from left to right. For all leaves of a tree it is empty.</summary>
public static class MultiProof
{
    /// <summary>Makes it.</summary>
    /// <param name="levels">The tree.</param>
    /// <param name="count">How many leaves the tree has.</param>
    /// <param name="indices">Which of them are shown, from 0, in order.</param>
    public static IReadOnlyList<byte[]> Of(MerkleLevels levels, int count, IReadOnlyList<int> indices)
    {
        var beside = new List<byte[]>();
        Under(0, count, 0, indices.Count);
        return beside;

        void Under(int first, int leaves, int from, int to)
        {
            if (to - from == leaves) return;
            if (from == to)
            {
                beside.Add(levels.Root(first, leaves));
                return;
            }
            var left = (int)Left(leaves);
            var cut = from;
            while (cut < to && indices[cut] < first + left) cut++;
            Under(first, left, from, cut);
            Under(first + left, leaves - left, cut, to);
        }
    }

    /// <summary>The root that follows from the leaves; null where these hashes do not fit such a tree.</summary>
    /// <param name="count">How many leaves the tree has.</param>
    /// <param name="indices">Which of them are shown, from 0.</param>
    /// <param name="leaves">The leaves that are shown (<see cref="MerkleTree.Leaf(long, ReadOnlySpan{byte})"/>).</param>
    /// <param name="beside">The proof.</param>
    public static byte[]? RootOf(
        long count, IReadOnlyList<long> indices, IReadOnlyList<byte[]> leaves, IReadOnlyList<byte[]> beside)
    {
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(leaves);
        ArgumentNullException.ThrowIfNull(beside);
        if (count < 1 || indices.Count != leaves.Count) return null;
        for (var at = 0; at < indices.Count; at++)
            if (indices[at] >= count || indices[at] < (at == 0 ? 0 : indices[at - 1] + 1)) return null;
        var used = 0;
        var root = Under(0, count, 0, indices.Count);
        return used == beside.Count ? root : null;

        byte[]? Under(long first, long size, int from, int to)
        {
            if (from == to) return used < beside.Count ? beside[used++] : null;
            if (size == 1) return leaves[from];
            var left = Left(size);
            var cut = from;
            while (cut < to && indices[cut] < first + left) cut++;
            return Under(first, left, from, cut) is { } one && Under(first + left, size - left, cut, to) is { } other
                ? MerkleTree.Node(one, other) : null;
        }
    }

    // The largest power of two below a number: RFC 9162 divides there.
    private static long Left(long size) => 1L << (63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(size - 1)));
}
