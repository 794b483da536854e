using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Portal.EventStore;

/// <summary>What an export holds, in 32 bytes: SHA-256 over position (8 bytes, big-endian) and hash of each event, in its
/// order. It stands in the event by which the portal notes the export, and so binds the file to it.</summary>
public sealed class ExportDigest : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many events there were so far.</summary>
    public long Events { get; private set; }

    /// <summary>The digest so far, lower-case hexadecimal.</summary>
    public string SoFar => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Adds the next event.</summary>
    public void Add(long position, ReadOnlySpan<byte> eventHash)
    {
        Span<byte> leaf = stackalloc byte[KeptSeal.LeafBytes];
        BinaryPrimitives.WriteInt64BigEndian(leaf, position);
        eventHash.CopyTo(leaf[sizeof(long)..]);
        hash.AppendData(leaf);
        Events++;
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();
}
