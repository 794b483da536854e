namespace Portal.EventStore;

/// <summary>All nodes of a <see cref="MerkleTree"/>, so that the proofs of many leaves cost one building: from each level to the next
/// two nodes become one, and one without a neighbour goes up as it is, which gives the tree of RFC 9162.</summary>
public sealed class MerkleLevels
{
    private readonly List<byte[][]> levels = [];

    /// <summary>Builds it.</summary>
    /// <param name="leaves">All leaves, in order (<see cref="MerkleTree.Leaf"/>).</param>
    public MerkleLevels(IReadOnlyCollection<byte[]> leaves)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        for (var level = leaves.ToArray(); ; level = Above(level))
        {
            levels.Add(level);
            if (level.Length <= 1) return;
        }
    }

    /// <summary>The inclusion proof of a leaf (section 2.1.3.1): the hashes beside the way from it to the root.</summary>
    /// <param name="index">Which one, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public IReadOnlyList<byte[]> Path(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, levels[0].Length);
        var path = new List<byte[]>();
        foreach (var level in levels)
        {
            if ((index ^ 1) < level.Length) path.Add(level[index ^ 1]);
            index /= 2;
        }
        return path;
    }

    private static byte[][] Above(byte[][] level)
    {
        var above = new byte[(level.Length + 1) / 2][];
        for (var node = 0; node < level.Length; node += 2)
            above[node / 2] = node + 1 < level.Length ? MerkleTree.Node(level[node], level[node + 1]) : level[node];
        return above;
    }
}
