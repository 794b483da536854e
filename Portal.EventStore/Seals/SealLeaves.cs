using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portal.EventStore;

/// <summary>Reads <see cref="KeptSeal.Leaves"/>.</summary>
internal static class SealLeaves
{
    /// <summary>Position of the event that stands at an offset in bytes.</summary>
    public static long Position(byte[] leaves, int at) => BinaryPrimitives.ReadInt64BigEndian(leaves.AsSpan(at, sizeof(long)));

    /// <summary>Its hash.</summary>
    public static ReadOnlySpan<byte> Hash(byte[] leaves, int at) =>
        leaves.AsSpan(at + sizeof(long), SHA256.HashSizeInBytes);

    /// <summary>Whether a position is among them.</summary>
    public static bool Has(byte[] leaves, long position)
    {
        for (var at = 0; at < leaves.Length; at += KeptSeal.LeafBytes)
            if (Position(leaves, at) == position) return true;
        return false;
    }

    /// <summary>Whether a hash is among them.</summary>
    public static bool Has(byte[] leaves, ReadOnlySpan<byte> hash)
    {
        for (var at = 0; at < leaves.Length; at += KeptSeal.LeafBytes)
            if (Hash(leaves, at).SequenceEqual(hash)) return true;
        return false;
    }
}
