using System.Security.Cryptography;
using Portal.EventStore;

namespace Portal.Tests.EventStore.Seals;

public sealed class MerkleTreeTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(7), InlineData(8), InlineData(13), InlineData(100)]
    public void The_root_is_that_of_RFC_9162(int count)
    {
        var leaves = Leaves(count);
        Assert.Equal(Defined(leaves), Tree(leaves).Root());
    }

    [Fact]
    public void Every_leaf_is_proven_and_nothing_else_is()
    {
        for (var count = 1; count <= 40; count++)
        {
            var leaves = Leaves(count);
            var root = Tree(leaves).Root();
            var levels = new MerkleLevels(leaves);
            for (var index = 0; index < count; index++)
            {
                var path = levels.Path(index);
                Assert.Equal(root, MerkleTree.RootOf(leaves[index], index, count, path));
                Assert.NotEqual(root, MerkleTree.RootOf(MerkleTree.Leaf(0, root), index, count, path));
                Assert.Null(MerkleTree.RootOf(leaves[index], index, count, [.. path, root]));
                if (path.Count > 0) Assert.Null(MerkleTree.RootOf(leaves[index], index, count, [.. path.SkipLast(1)]));
            }
            Assert.Null(MerkleTree.RootOf(leaves[0], count, count, []));
            Assert.Null(MerkleTree.RootOf(leaves[0], -1, count, []));
        }
    }

    [Fact]
    public void A_leaf_is_bound_to_its_position_and_is_no_inner_node()
    {
        var hash = SHA256.HashData([1]);
        Assert.NotEqual(MerkleTree.Leaf(1, hash), MerkleTree.Leaf(2, hash));
        Assert.Equal(SHA256.HashData([0, 0, 0, 0, 0, 0, 0, 1, 2, .. hash]), MerkleTree.Leaf(258, hash));
    }

    private static List<byte[]> Leaves(int count) =>
        [.. Enumerable.Range(1, count).Select(i => MerkleTree.Leaf(i, SHA256.HashData([(byte)i])))];

    private static MerkleTree Tree(IEnumerable<byte[]> leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves) tree.Add(leaf);
        return tree;
    }

    // Section 2.1.1, as it is written there.
    private static byte[] Defined(IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 0) return SHA256.HashData([]);
        if (leaves.Count == 1) return leaves[0];
        var split = 1;
        while (split * 2 < leaves.Count) split *= 2;
        return SHA256.HashData([1, .. Defined([.. leaves.Take(split)]), .. Defined([.. leaves.Skip(split)])]);
    }
}
