using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.EventStore;

/// <summary>What a row keeps when its contents go: all that is chained and sealed, and what it is called.</summary>
internal readonly record struct KeptEvent(
    EventOrder Order, string Stream, long Version, Guid Id, string Type, int TypeVersion, long Microseconds, byte[] Hash)
{
    /// <summary>The digest over this event and those before it in its stream: SHA-256 over the digest before (zeros for the first),
    /// position, epoch, transaction, version, id, type, type version, time and hash.</summary>
    public byte[] Digest(byte[] before)
    {
        var type = Encoding.UTF8.GetBytes(Type);
        var bytes = new byte[before.Length + 8 + 4 + 8 + 8 + 16 + 4 + 4 + 8 + Hash.Length + type.Length];
        var rest = bytes.AsSpan();
        before.CopyTo(rest);
        rest = rest[before.Length..];
        BinaryPrimitives.WriteInt64BigEndian(rest, Order.Position);
        BinaryPrimitives.WriteInt32BigEndian(rest[8..], Order.Epoch);
        BinaryPrimitives.WriteUInt64BigEndian(rest[12..], Order.Transaction);
        BinaryPrimitives.WriteInt64BigEndian(rest[20..], Version);
        Id.TryWriteBytes(rest[28..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(rest[44..], TypeVersion);
        BinaryPrimitives.WriteInt64BigEndian(rest[48..], Microseconds);
        BinaryPrimitives.WriteInt32BigEndian(rest[56..], Hash.Length);
        Hash.CopyTo(rest[60..]);
        type.CopyTo(rest[(60 + Hash.Length)..]);
        return SHA256.HashData(bytes);
    }
}

/// <summary>The list of an archive's streams: a line each, with how many events, the digest over what is kept of them
/// (<see cref="KeptEvent.Digest"/>) and the stream's name. It shows a kept row that was changed, also where the contents are not at
/// hand.</summary>
/// <param name="Streams">By name.</param>
public sealed record ArchivedStreams(IReadOnlyDictionary<string, (long Events, string Digest)> Streams)
{
    /// <summary>The list, a line each in the order of names.</summary>
    public string Text => string.Concat(Streams.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Value.Events} {one.Value.Digest} {one.Key}\n")));

    /// <summary>SHA-256 of a list, lower-case hexadecimal.</summary>
    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads a list.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ArchivedStreams Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var streams = new Dictionary<string, (long, string)>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (line.Split(' ', 3) is not [var count, { Length: 64 } digest, { Length: > 0 } stream]
                || !long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var events)
                || !streams.TryAdd(stream, (events, digest)))
                throw new FormatException("This is no list of archived streams.");
        return new(streams);
    }

    internal static ArchivedStreams Of(IEnumerable<KeptEvent> events)
    {
        var digests = new Dictionary<string, (long Events, byte[] Digest)>(StringComparer.Ordinal);
        foreach (var one in events)
        {
            var before = digests.TryGetValue(one.Stream, out var known) ? known : (0, EventHash.Start.ToArray());
            digests[one.Stream] = (before.Item1 + 1, one.Digest(before.Item2));
        }
        return new(digests.ToDictionary(
            one => one.Key, one => (one.Value.Events, Convert.ToHexStringLower(one.Value.Digest)), StringComparer.Ordinal));
    }
}
