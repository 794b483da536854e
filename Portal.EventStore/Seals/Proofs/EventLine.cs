using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.EventStore;

/// <summary>An event with the exact texts that its hash covers: a line of an export (JSON Lines, UTF-8).</summary>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="Stream">What it is of.</param>
/// <param name="Version">Its number there, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Type">Stored name of its type.</param>
/// <param name="TypeVersion">Version of its body's shape.</param>
/// <param name="Time">When it was recorded, UTC with microseconds: <c>2026-05-04T10:20:00.000000Z</c>.</param>
/// <param name="Body">The body, exactly as stored.</param>
/// <param name="Metadata">The metadata, exactly as stored.</param>
/// <param name="Hash">SHA-256 over it and the event before it in the stream, lower-case hexadecimal.</param>
/// <param name="Previous">Hash of the event before it in the stream (<see cref="EventHash.Start"/> for the first), where that
/// event may not stand beside it; else null.</param>
public sealed record EventLine(long Position, string Stream, long Version, Guid Id, string Type, int TypeVersion, string Time,
    [property: JsonConverter(typeof(ExactTextConverter))] string Body,
    [property: JsonConverter(typeof(ExactTextConverter))] string Metadata, string Hash, string? Previous = null)
{
    private const string Clock = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        // What no hash covers does not stand in a line either.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 128,
    };

    /// <summary>When it was recorded, in microseconds since 1970-01-01 UTC, as it is hashed.</summary>
    /// <exception cref="FormatException">The time is not written as it must be.</exception>
    [JsonIgnore]
    public long Microseconds => (DateTimeOffset.ParseExact(Time, Clock, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is no event's.</exception>
    public static EventLine Parse(string line)
    {
        try
        {
            var read = JsonSerializer.Deserialize<EventLine>(line, Json) ?? throw new FormatException("A line holds no event.");
            _ = read.Microseconds;
            return read.Previous is { Length: not 2 * SHA256.HashSizeInBytes }
                ? throw new FormatException("The hash before an event has 64 hexadecimal digits.") : read;
        }
        catch (JsonException fault)
        {
            throw new FormatException($"A line holds no event: {fault.Message}", fault);
        }
    }

    /// <summary>The line, without its end.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Json);

    /// <summary>A line of an event as the store keeps it.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="previous">Hash of the event before it in its stream.</param>
    public static EventLine Of(EventText recorded, byte[] previous)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        return new(recorded.Position, recorded.Stream, recorded.Version, recorded.Id, recorded.Type, recorded.TypeVersion,
            recorded.Time.ToString(Clock, CultureInfo.InvariantCulture), recorded.Body, recorded.Metadata,
            Convert.ToHexStringLower(recorded.Hash), Convert.ToHexStringLower(previous));
    }

    /// <summary>The hash that follows from what it says and from <see cref="Previous"/>; null where that is no hash.</summary>
    internal byte[]? Follows()
    {
        Span<byte> before = stackalloc byte[SHA256.HashSizeInBytes];
        return Previous is { } hex
            && Convert.FromHexString(hex, before, out _, out var count) == System.Buffers.OperationStatus.Done
            && count == before.Length ? Follows(before) : null;
    }

    /// <summary>The hash that follows from what it says and from the event before it.</summary>
    /// <param name="previous">Hash of that one, or <see cref="EventHash.Start"/>.</param>
    public byte[] Follows(ReadOnlySpan<byte> previous) =>
        EventHash.Compute(previous, Stream, Version, Id, Type, TypeVersion, Body, Metadata, Microseconds);

    internal static string TimeOf(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond).UtcDateTime
            .ToString(Clock, CultureInfo.InvariantCulture);
}
