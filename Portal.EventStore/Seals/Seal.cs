using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.EventStore;

/// <summary>What is signed: a Merkle root over all events since the seal before, chained to that one. Its text is what the
/// signature covers, a name and a value a line, so that it can be checked with any tool.</summary>
/// <param name="Number">1 for the first; no number is left out.</param>
/// <param name="Time">When it was made; never before the one before it.</param>
/// <param name="Count">How many events it covers.</param>
/// <param name="Total">How many all seals up to this one cover.</param>
/// <param name="From">Position of its first event.</param>
/// <param name="To">Position of its last event.</param>
/// <param name="Root">The root (<see cref="MerkleTree"/>), 32 bytes in hexadecimal.</param>
/// <param name="Previous">SHA-256 of the text of the seal before, in hexadecimal; zeros for the first.</param>
/// <param name="Key">Which key signs it (<see cref="SealKey.Id"/>).</param>
public sealed record Seal(
    long Number, DateTimeOffset Time, long Count, long Total, long From, long To, string Root, string Previous, string Key)
{
    /// <summary>What stands for the seal before the first.</summary>
    public static string Start { get; } = new('0', 64);

    private const string Form = "portal-seal 1";
    private const string Clock = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The text that is signed.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"""
        {Form}
        number {Number}
        time {Time.UtcDateTime.ToString(Clock, CultureInfo.InvariantCulture)}
        count {Count}
        total {Total}
        from {From}
        to {To}
        root {Root}
        previous {Previous}
        key {Key}

        """).ReplaceLineEndings("\n");

    /// <summary>By which the next one names it: SHA-256 of its text, in hexadecimal.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>Reads a text. Only one that <see cref="Text"/> gives back to the letter is taken.</summary>
    /// <exception cref="FormatException">It is no seal's.</exception>
    public static Seal Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n').Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1]);
        long Number(string name) => long.Parse(Word(name), NumberStyles.None, CultureInfo.InvariantCulture);
        string Word(string name) => lines.TryGetValue(name, out var value)
            ? value : throw new FormatException($"A seal needs a line '{name}'.");
        try
        {
            var time = DateTimeOffset.ParseExact(
                Word("time"), Clock, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            var seal = new Seal(Number("number"), time, Number("count"), Number("total"), Number("from"), Number("to"),
                Word("root"), Word("previous"), Word("key"));
            return seal.Text == text ? seal : throw new FormatException("This is not the text of a seal.");
        }
        catch (OverflowException fault)
        {
            throw new FormatException("A number of this seal is out of range.", fault);
        }
    }
}

/// <summary>A seal as it is kept: in the database, and in every place off the machine.</summary>
/// <param name="Text">What was signed (<see cref="Seal.Text"/>).</param>
/// <param name="Signature">ECDSA over P-256 with SHA-256, as RFC 3279 writes it.</param>
/// <param name="Leaves">What it covers, in order: position (8 bytes, big-endian) and hash (32 bytes) of each event. It is no part
/// of the text, since the root follows from it; it lets a verification name the event that is missing.</param>
public sealed record KeptSeal(string Text, byte[] Signature, byte[] Leaves)
{
    /// <summary>How many bytes an event has in <see cref="Leaves"/>.</summary>
    public const int LeafBytes = sizeof(long) + SHA256.HashSizeInBytes;
}
