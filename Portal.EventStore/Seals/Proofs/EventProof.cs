using System.Text.Json;

namespace Portal.EventStore;

/// <summary>Some events and what shows that they were sealed: all that a verification needs but the public key, which is here too
/// for who has no better one.</summary>
/// <param name="Form">Which form this is: <see cref="Known"/>.</param>
/// <param name="Events">Where each event stands in its seal, in the order of all events.</param>
/// <param name="Record">Those events that are not in a file beside it, in the same order.</param>
/// <param name="Seals">The seals that are named.</param>
/// <param name="Keys">The public keys that the portal signs with, PEM.</param>
public sealed record EventProof(string Form, IReadOnlyList<ProvenEvent> Events, IReadOnlyList<EventLine> Record,
    IReadOnlyList<SignedSeal> Seals, string Keys)
{
    /// <summary>The form that this build writes and reads.</summary>
    public const string Known = "portal-proof 1";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It holds no proof.</exception>
    public static EventProof Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize<EventProof>(text, EventLine.Json)?.Checked() ?? throw Unknown;
        }
        catch (JsonException fault)
        {
            throw new FormatException($"This holds no proof: {fault.Message}", fault);
        }
    }

    /// <summary>Itself, where nothing is null that must not be.</summary>
    /// <exception cref="FormatException">It is of another form.</exception>
    internal EventProof Checked() =>
        Form == Known && !Events.Contains(null!) && !Record.Contains(null!) && !Seals.Contains(null!) ? this : throw Unknown;

    private static FormatException Unknown => new($"This is no proof of the form '{Known}'.");

    /// <summary>The file, UTF-8.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, EventLine.Json);
}

/// <summary>Where an event stands in its seal.</summary>
/// <param name="Position">The event's position.</param>
/// <param name="Hash">Its hash, lower-case hexadecimal.</param>
/// <param name="Seal">Number of its seal; null where it is not sealed yet.</param>
/// <param name="Index">Its number among the events of that, from 0.</param>
/// <param name="Path">The hashes beside the way to the root (<see cref="MerkleLevels.Path"/>), lower-case hexadecimal.</param>
public sealed record ProvenEvent(
    long Position, string Hash, long? Seal = null, long? Index = null, IReadOnlyList<string>? Path = null);

/// <summary>A seal without its leaves.</summary>
/// <param name="Text">What was signed (<see cref="EventStore.Seal.Text"/>).</param>
/// <param name="Signature">ECDSA over P-256 with SHA-256, as RFC 3279 writes it.</param>
public sealed record SignedSeal(string Text, byte[] Signature);
