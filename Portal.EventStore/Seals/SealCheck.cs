namespace Portal.EventStore;

/// <summary>Goes through seals in order: each is signed by a known key, follows the one before, and its list gives its
/// root.</summary>
/// <param name="keys">The public keys.</param>
internal sealed class SealCheck(SealKeys keys)
{
    /// <summary>The last one that was good.</summary>
    public Seal? Last { get; private set; }

    /// <summary>Looks at the next.</summary>
    /// <returns>What is wrong with it, or null; and what it says, where it is good.</returns>
    public (StoreFault? Fault, Seal? Seal) Next(KeptSeal kept)
    {
        var number = (Last?.Number ?? 0) + 1;
        Seal seal;
        try
        {
            seal = Seal.Parse(kept.Text);
        }
        catch (FormatException fault)
        {
            return (Fault(StoreFaultKind.SealChanged, number, $"Seal {number} was changed: {fault.Message}"), null);
        }
        (StoreFaultKind, string)? wrong =
            !keys.Knows(seal.Key) ? (StoreFaultKind.KeyUnknown,
                $"is signed by the key {seal.Key}, which is not among those that were given")
            : !Signed(seal, kept) ? (StoreFaultKind.SealChanged, "was changed: its signature is not of this text")
            : seal.Number != number ? (StoreFaultKind.SealMissing, $"is gone: the next one found is {seal.Number}")
            : seal.Previous != (Last?.Hash ?? Seal.Start) || seal.Total != (Last?.Total ?? 0) + seal.Count
                ? (StoreFaultKind.SealChanged, "does not follow the one before it: one of the two stands in another's place")
            : !Gives(kept.Leaves, seal) ? (StoreFaultKind.SealChanged, "has a list of events that does not give its root")
            : null;
        if (wrong is var (kind, words)) return (Fault(kind, number, $"Seal {number} {words}."), null);
        Last = seal;
        return (null, seal);
    }

    private bool Signed(Seal seal, KeptSeal kept)
    {
        try
        {
            return keys.Good(seal.Key, kept.Text, kept.Signature);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static bool Gives(byte[] leaves, Seal seal)
    {
        if (leaves.Length != seal.Count * KeptSeal.LeafBytes || seal.Count == 0) return false;
        var tree = new MerkleTree();
        for (var at = 0; at < leaves.Length; at += KeptSeal.LeafBytes)
            tree.Add(MerkleTree.Leaf(SealLeaves.Position(leaves, at), SealLeaves.Hash(leaves, at)));
        return Convert.ToHexStringLower(tree.Root()) == seal.Root && SealLeaves.Position(leaves, 0) == seal.From
            && SealLeaves.Position(leaves, leaves.Length - KeptSeal.LeafBytes) == seal.To;
    }

    private static StoreFault Fault(StoreFaultKind kind, long seal, string words) =>
        new(kind, null, null, null, null, seal, words);
}
