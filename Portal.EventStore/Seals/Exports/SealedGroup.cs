using System.Security.Cryptography;

namespace Portal.EventStore;

/// <summary>A line of an export behind the events that one seal covers: the seal, where they stand in it, and what shows that
/// they do. It names them itself, so that of an event that is not as it was one can say which.</summary>
/// <param name="Text">What was signed (<see cref="Seal.Text"/>).</param>
/// <param name="Signature">ECDSA over P-256 with SHA-256, as RFC 3279 writes it.</param>
/// <param name="Runs">Their places among the events of the seal: pairs of a first one, from 0, and how many follow one
/// another.</param>
/// <param name="Leaves">Position and hash of each, as <see cref="KeptSeal.Leaves"/> has them.</param>
/// <param name="Beside">The hashes of a <see cref="MultiProof"/>, one behind the other.</param>
/// <param name="Digest">The <see cref="ExportDigest"/> of the export up to here, lower-case hexadecimal.</param>
public sealed record SealedGroup(
    string Text, byte[] Signature, IReadOnlyList<long> Runs, byte[] Leaves, byte[] Beside, string Digest)
{
    private const int Hash = SHA256.HashSizeInBytes;

    /// <summary>That of some events of a seal.</summary>
    /// <param name="seal">The seal.</param>
    /// <param name="indices">Their places in it, in order.</param>
    internal static SealedGroup Of(KeptSeal seal, List<int> indices)
    {
        var count = seal.Leaves.Length / KeptSeal.LeafBytes;
        var leaves = new byte[indices.Count * KeptSeal.LeafBytes];
        var runs = new List<long>();
        foreach (var (at, index) in indices.Index())
        {
            seal.Leaves.AsSpan(index * KeptSeal.LeafBytes, KeptSeal.LeafBytes).CopyTo(leaves.AsSpan(at * KeptSeal.LeafBytes));
            if (at > 0 && indices[at - 1] == index - 1) runs[^1]++;
            else runs.AddRange([index, 1]);
        }
        var beside = indices.Count == count ? [] : MultiProof.Of(MerkleLevels.Of(seal.Leaves), count, indices);
        return new(seal.Text, seal.Signature, runs, leaves, [.. beside.SelectMany(hash => hash)], "");
    }

    /// <summary>Whether these are events of a seal.</summary>
    internal bool Gives(Seal seal)
    {
        var count = Leaves.Length / KeptSeal.LeafBytes;
        if (Leaves.Length != (long)count * KeptSeal.LeafBytes || Beside.Length % Hash != 0 || Runs.Count % 2 != 0) return false;
        var indices = new List<long>(count);
        for (var run = 0; run < Runs.Count; run += 2)
        {
            if (Runs[run] < 0 || Runs[run + 1] < 1 || Runs[run + 1] > count - indices.Count) return false;
            for (var one = 0L; one < Runs[run + 1]; one++) indices.Add(Runs[run] + one);
        }
        var leaves = new byte[count][];
        for (var at = 0; at < count; at++)
            leaves[at] = MerkleTree.Leaf(SealLeaves.Position(Leaves, at * KeptSeal.LeafBytes),
                SealLeaves.Hash(Leaves, at * KeptSeal.LeafBytes));
        var root = MultiProof.RootOf(seal.Count, indices, leaves, [.. Beside.Chunk(Hash)]);
        return root is not null && Convert.ToHexStringLower(root) == seal.Root;
    }
}
