using System.Buffers;
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
        var longest = previous.Length + Fixed + Longest(stream) + Longest(type) + Longest(body) + Longest(metadata);
        var bytes = ArrayPool<byte>.Shared.Rent(longest);
        try
        {
            var rest = bytes.AsSpan();
            previous.CopyTo(rest);
            rest = rest[previous.Length..];
            Text(ref rest, stream);
            Number(ref rest, version);
            id.TryWriteBytes(rest, bigEndian: true, out _);
            rest = rest[16..];
            Text(ref rest, type);
            Number(ref rest, typeVersion);
            Text(ref rest, body);
            Text(ref rest, metadata);
            Number(ref rest, microseconds);
            return SHA256.HashData(bytes.AsSpan(0, bytes.Length - rest.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Two long numbers, a number, an id and the lengths of four texts.
    private const int Fixed = 8 + 8 + 4 + 16 + (4 * 4);

    private static int Longest(string text) => Encoding.UTF8.GetMaxByteCount(text.Length);

    private static void Text(ref Span<byte> rest, string text)
    {
        var count = Encoding.UTF8.GetBytes(text, rest[4..]);
        Number(ref rest, count);
        rest = rest[count..];
    }

    private static void Number(ref Span<byte> rest, int number)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, number);
        rest = rest[4..];
    }

    private static void Number(ref Span<byte> rest, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(rest, number);
        rest = rest[8..];
    }
}
