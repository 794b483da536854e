using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portal.EventStore;

/// <summary>A Merkle tree as RFC 9162 (section 2.1) builds it, with SHA-256: leaves and inner nodes are told apart by their first
/// byte, and a tree of any size has one shape. What it is built over are events in their order, each by its position and its
/// hash.</summary>
public sealed class MerkleTree
{
    private const byte LeafMark = 0;
    private const byte NodeMark = 1;

    // Roots of the complete trees that the leaves so far fall into, the largest first.
    private readonly List<(long Leaves, byte[] Hash)> complete = [];

    /// <summary>How many leaves it has.</summary>
    public long Count { get; private set; }

    /// <summary>The leaf of an event: SHA-256 over a zero byte, its position (8 bytes, big-endian) and its hash.</summary>
    /// <param name="position">The event's position.</param>
    /// <param name="hash">Its hash (<see cref="EventHash"/>), 32 bytes.</param>
    public static byte[] Leaf(long position, ReadOnlySpan<byte> hash)
    {
        var leaf = new byte[SHA256.HashSizeInBytes];
        Leaf(position, hash, leaf);
        return leaf;
    }

    /// <summary>The same, into a place that is there.</summary>
    internal static void Leaf(long position, ReadOnlySpan<byte> hash, Span<byte> leaf)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long) + SHA256.HashSizeInBytes];
        bytes[0] = LeafMark;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], position);
        hash.CopyTo(bytes[(1 + sizeof(long))..]);
        SHA256.HashData(bytes, leaf);
    }

    /// <summary>Adds the next leaf.</summary>
    public void Add(byte[] leaf)
    {
        Count++;
        var (leaves, hash) = (1L, leaf);
        for (; complete.Count > 0 && complete[^1].Leaves == leaves; leaves *= 2)
        {
            hash = Node(complete[^1].Hash, hash);
            complete.RemoveAt(complete.Count - 1);
        }
        complete.Add((leaves, hash));
    }

    /// <summary>The root over all leaves so far; that of an empty tree is the hash of nothing.</summary>
    public byte[] Root()
    {
        if (complete.Count == 0) return SHA256.HashData([]);
        var root = complete[^1].Hash;
        for (var left = complete.Count - 2; left >= 0; left--) root = Node(complete[left].Hash, root);
        return root;
    }

    /// <summary>The root that follows from a leaf and its inclusion proof (section 2.1.3.2); null where the proof has the wrong
    /// length for such a tree.</summary>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="index">Its number in the tree, from 0.</param>
    /// <param name="count">How many leaves the tree has.</param>
    /// <param name="path">The proof.</param>
    public static byte[]? RootOf(byte[] leaf, long index, long count, IReadOnlyList<byte[]> path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (index < 0 || index >= count) return null;
        var (node, last, hash) = (index, count - 1, leaf);
        foreach (var beside in path)
        {
            if (last == 0) return null;
            if (node % 2 == 1 || node == last)
            {
                hash = Node(beside, hash);
                for (; node % 2 == 0 && node != 0; node /= 2) last /= 2;
            }
            else
            {
                hash = Node(hash, beside);
            }
            (node, last) = (node / 2, last / 2);
        }
        return last == 0 ? hash : null;
    }

    /// <summary>The node above two others.</summary>
    internal static byte[] Node(byte[] left, byte[] right)
    {
        var node = new byte[SHA256.HashSizeInBytes];
        Join([.. left, .. right], node);
        return node;
    }

    /// <summary>The node above two others.</summary>
    /// <param name="both">Their hashes, the left one first.</param>
    /// <param name="node">Where its hash goes.</param>
    internal static void Join(ReadOnlySpan<byte> both, Span<byte> node)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * SHA256.HashSizeInBytes)];
        bytes[0] = NodeMark;
        both.CopyTo(bytes[1..]);
        SHA256.HashData(bytes, node);
    }
}
