using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Portal.EventStore;

/// <summary>The hash of one event, computed here as the database does it (<c>portal_events.event_hash</c>). The layout is
/// described in the README of this folder's project.</summary>
public static class EventHash
{
    /// <summary>What stands for the hash before the first event of a stream: 32 zero bytes.</summary>
    public static ReadOnlyMemory<byte> Start { get; } = new byte[32];

    /// <summary>SHA-256 over the hash before it and everything the event says.</summary>
    /// <param name="previous">Hash of the event before it in the stream, or <see cref="Start"/>.</param>
    /// <param name="stream">Name of the stream.</param>
    /// <param name="version">Number in the stream.</param>
    /// <param name="id">Id of the event.</param>
    /// <param name="type">Stored name of the type.</param>
    /// <param name="typeVersion">Version of the type as stored.</param>
    /// <param name="body">Exact text of the body.</param>
    /// <param name="metadata">Exact text of the metadata.</param>
    /// <param name="microseconds">Time of recording, microseconds since 1970-01-01 UTC.</param>
    public static byte[] Compute(ReadOnlySpan<byte> previous, string stream, long version, Guid id, string type, int typeVersion,
        string body, string metadata, long microseconds)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Text(hash, stream);
        Number(hash, version);
        hash.AppendData(id.ToByteArray(bigEndian: true));
        Text(hash, type);
        Number(hash, typeVersion);
        Text(hash, body);
        Text(hash, metadata);
        Number(hash, microseconds);
        return hash.GetHashAndReset();
    }

    private static void Text(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Number(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Number(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
