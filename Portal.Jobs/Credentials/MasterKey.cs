using System.Security.Cryptography;

namespace Portal.Jobs.Credentials;

/// <summary>One key of the portal's own: 256 bits. What it sealed names it, so that another one can take its place.</summary>
public sealed class MasterKey
{
    /// <summary>Bytes of a key's name.</summary>
    internal const int NameBytes = 8;

    private const int KeyBytes = 32;
    private readonly byte[] _key;

    private MasterKey(byte[] key)
    {
        _key = key;
        Name = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, NameBytes, info: "portal/key-name"u8.ToArray()));
    }

    /// <summary>What it is called: 16 hexadecimal digits that follow from the key (HKDF-SHA256, RFC 5869) and tell nothing about it.</summary>
    public string Name { get; }

    /// <summary>The key's bytes, for sealing alone.</summary>
    internal ReadOnlySpan<byte> Bytes => _key;

    /// <summary>A new random one, as base64.</summary>
    public static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>A key as base64.</summary>
    /// <exception cref="FormatException">It is not 256 bits of base64.</exception>
    public static MasterKey FromBase64(string text)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var count) && count == KeyBytes
            ? new(key)
            : throw new FormatException("The portal's key must be 32 bytes, written as base64 (44 characters).");
    }
}
