using System.Security.Cryptography;

namespace Portal.EventStore;

/// <summary>Seals without their leaves, one after the other: each is signed by a known key, and those that follow one another do
/// so.</summary>
internal sealed class SealRow(SealKeys keys)
{
    /// <summary>The last that was good.</summary>
    public Seal? Last { get; private set; }

    /// <summary>Looks at the next.</summary>
    /// <returns>What is wrong with it.</returns>
    public StoreFault? Next(SignedSeal signed)
    {
        Seal seal;
        try
        {
            seal = Seal.Parse(signed.Text);
            if (!keys.Knows(seal.Key))
                return Bad(StoreFaultKind.KeyUnknown, seal.Number,
                    $"is signed by the key {seal.Key}, which is not among those that were given");
            if (!keys.Good(seal.Key, signed.Text, signed.Signature))
                return Bad(StoreFaultKind.SealChanged, seal.Number, "was changed: its signature is not of this text");
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return Bad(StoreFaultKind.SealChanged, (Last?.Number ?? 0) + 1, $"or a later one was changed: {fault.Message}");
        }
        if (Last is not null && (seal.Number <= Last.Number
            || (seal.Number == Last.Number + 1 && seal.Previous != Last.Hash)))
            return Bad(StoreFaultKind.SealChanged, seal.Number, "does not follow the one before it");
        Last = seal;
        return null;
    }

    private static StoreFault Bad(StoreFaultKind kind, long number, string words) =>
        new(kind, null, null, null, null, number, $"Seal {number} {words}.");
}
