using System.Security.Cryptography;
using Portal.EventStore;

namespace Portal.Tests.EventStore.Seals;

/// <summary>Proofs of several leaves at once, of trees of every small size.</summary>
public sealed class MultiProofTests
{
    [Fact]
    public void Any_leaves_of_a_tree_of_any_size_give_its_root_and_others_do_not()
    {
        var random = new Random(1);
        for (var count = 1; count <= 70; count++)
        {
            var leaves = Leaves(count);
            var levels = new MerkleLevels(leaves);
            for (var time = 0; time < 12; time++)
            {
                var indices = Enumerable.Range(0, count).Where(_ => time == 0 || random.Next(12) < time).ToList();
                var beside = MultiProof.Of(levels, count, indices);
                Assert.True(beside.Count <= count - indices.Count);
                Assert.Equal(Root(leaves), RootOf(count, indices, leaves, beside));
                Assert.Null(RootOf(count, indices, leaves, [.. beside, new byte[32]]));
                if (beside.Count > 0) Assert.Null(RootOf(count, indices, leaves, [.. beside.Skip(1)]));
                if (indices.Count == 0) continue;
                byte[][] forged = [.. leaves];
                forged[indices[random.Next(indices.Count)]] = new byte[32];
                Assert.NotEqual(Root(leaves), RootOf(count, indices, forged, beside));
            }
        }
    }

    [Fact]
    public void All_leaves_need_no_hash_beside_them_and_one_needs_as_many_as_its_path()
    {
        var levels = new MerkleLevels(Leaves(1000));
        Assert.Empty(MultiProof.Of(levels, 1000, [.. Enumerable.Range(0, 1000)]));
        Assert.Equal(levels.Path(333).Count, MultiProof.Of(levels, 1000, [333]).Count);
    }

    [Fact]
    public void Places_that_no_tree_has_give_no_root()
    {
        var leaf = new byte[32];
        foreach (var indices in (long[][])[[5], [-1], [1, 0], [0, 0], [long.MaxValue]])
            Assert.Null(MultiProof.RootOf(5, indices, [.. indices.Select(_ => leaf)], []));
        Assert.Null(MultiProof.RootOf(5, [0], [leaf, leaf], [leaf]));
        Assert.Null(MultiProof.RootOf(0, [], [], []));
        Assert.Null(MultiProof.RootOf(long.MaxValue, [0], [leaf], []));
    }

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(number => SHA256.HashData([(byte)number, 7]))];

    private static byte[] Root(byte[][] leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves) tree.Add(leaf);
        return tree.Root();
    }

    private static byte[]? RootOf(int count, List<int> indices, byte[][] leaves, IReadOnlyList<byte[]> beside) =>
        MultiProof.RootOf(count, [.. indices.Select(index => (long)index)], [.. indices.Select(index => leaves[index])], beside);
}
