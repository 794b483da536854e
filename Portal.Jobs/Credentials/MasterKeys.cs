using System.Security.Cryptography;
using Portal.Domain.Credentials;

namespace Portal.Jobs.Credentials;

/// <summary>The portal's own keys, which lie outside the database: the first one seals, all of them open. An envelope is a byte 2, the
/// name of its key (8 bytes), and what <see cref="Sealing"/> made. One that begins otherwise is from before keys had names.</summary>
public sealed class MasterKeys
{
    private const byte Named = 2;
    private const int HeadBytes = 1 + MasterKey.NameBytes;
    private readonly string? _path;
    private volatile Ring _ring;

    private MasterKeys(string text, string? path, DateTime readAt) => (_ring, _path) = (new(Parse(text), readAt), path);

    /// <summary>The name of the key that seals.</summary>
    public string Current => Keys[0].Name;

    /// <summary>The names of all keys, the one that seals first.</summary>
    public IReadOnlyList<string> Names => [.. Keys.Select(key => key.Name)];

    /// <summary>Keys given by configuration, as base64 with blanks, commas or ends of lines between.</summary>
    /// <exception cref="FormatException">One is not 256 bits of base64, or there is none.</exception>
    public static MasterKeys FromText(string text) => new(text, null, default);

    /// <summary>Keys of a file, which is read anew when it changes, so that a key is replaced while the portal runs.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or others may read it.</exception>
    /// <exception cref="FormatException">A line is no key.</exception>
    public static MasterKeys FromFile(string path)
    {
        var readAt = File.GetLastWriteTimeUtc(path);
        return new(MasterKeyFile.Read(path), path, readAt);
    }

    /// <summary>Seals under the first key.</summary>
    /// <param name="context">What it is bound to; the same is needed to open it.</param>
    /// <param name="plain">What is sealed.</param>
    public byte[] Seal(string context, ReadOnlySpan<byte> plain)
    {
        var key = Keys[0];
        return [.. Head(key.Name), .. Sealing.Seal(key.Bytes, context, plain, RandomNumberGenerator.GetBytes(Sealing.RandomBytes))];
    }

    /// <summary>Opens; null when its key is not there, or context or envelope are not those of the sealing. The caller wipes the answer.</summary>
    public byte[]? Open(string context, ReadOnlySpan<byte> envelope)
    {
        var name = NameIn(envelope);
        if (name is not null)
            return Keys.FirstOrDefault(key => key.Name == name) is { } named ? Sealing.Open(named.Bytes, context, envelope[HeadBytes..]) : null;
        foreach (var key in Keys)
            if (Sealing.Open(key.Bytes, context, envelope) is { } plain) return plain;
        return null;
    }

    /// <summary>Why an envelope does not open, for a message: under which key it was sealed, and whether that one is there.</summary>
    public string WhyClosed(ReadOnlySpan<byte> envelope) => NameIn(envelope) switch
    {
        null => "it was sealed under a key of the portal that is not there, or was changed",
        { } name when Keys.All(key => key.Name != name) => $"it was sealed under the portal's key {name}, which is not there",
        { } name => $"it was sealed under the portal's key {name} for something else, or was changed",
    };

    /// <summary>Whether an envelope names the key that seals now.</summary>
    public bool SealedByCurrent(ReadOnlySpan<byte> envelope) => NameIn(envelope) == Current;

    /// <summary>What envelopes under a key begin with.</summary>
    internal static byte[] Head(string name) => [Named, .. Convert.FromHexString(name)];

    /// <summary>The name of the key that an envelope was sealed under; null where it names none.</summary>
    internal static string? NameIn(ReadOnlySpan<byte> envelope) =>
        envelope.Length > HeadBytes && envelope[0] == Named ? Convert.ToHexStringLower(envelope[1..HeadBytes]) : null;

    private IReadOnlyList<MasterKey> Keys
    {
        get
        {
            // A file that is away for a moment changes nothing.
            if (_path is null || !File.Exists(_path)) return _ring.Keys;
            var changedAt = File.GetLastWriteTimeUtc(_path);
            if (changedAt != _ring.ReadAt) _ring = new(Parse(MasterKeyFile.Read(_path)), changedAt);
            return _ring.Keys;
        }
    }

    private static List<MasterKey> Parse(string text)
    {
        var keys = text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))
            .SelectMany(line => line.Split([' ', ',', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries))
            .Select(MasterKey.FromBase64).DistinctBy(key => key.Name).ToList();
        return keys.Count > 0 ? keys : throw new FormatException("There is no key of the portal where it should be: 32 bytes as base64 (44 characters).");
    }

    private sealed record Ring(IReadOnlyList<MasterKey> Keys, DateTime ReadAt);
}
