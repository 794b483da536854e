using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Common;

namespace Portal.Domain.Credentials;

/// <summary>A security token: 256 random bits as its owner sees them, <c>portal-</c> and 11 groups of five letters and digits of
/// Crockford's base32. These carry 275 bits: the secret and a checksum of 19 bits, so that a mistyped or cut token is
/// recognised before anything is opened with it.</summary>
public static class SealingToken
{
    /// <summary>Bytes of the secret.</summary>
    public const int SecretBytes = 32;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const string Prefix = "portal-";
    private const int DigitCount = 55;

    /// <summary>The text to be shown once.</summary>
    public static string Write(ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretBytes) throw new ArgumentException("A security token has 256 bits.", nameof(secret));
        Span<byte> all = stackalloc byte[SecretBytes + 3];
        secret.CopyTo(all);
        Checksum(secret).CopyTo(all[SecretBytes..]);
        var text = new StringBuilder(Prefix, Prefix.Length + DigitCount + 10);
        for (var at = 0; at < DigitCount; at++)
        {
            if (at > 0 && at % 5 == 0) text.Append('-');
            text.Append(Digits[Five(all, at)]);
        }
        CryptographicOperations.ZeroMemory(all);
        return text.ToString();
    }

    /// <summary>The secret of a token as typed: case, blanks and dashes do not matter, O is 0, I and L are 1. The caller wipes it.
    /// Otherwise <c>TOKEN_MALFORMED</c>.</summary>
    public static Result<byte[]> Read(string text)
    {
        var typed = text.Trim();
        if (typed.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) typed = typed[Prefix.Length..];
        var all = new byte[SecretBytes + 3];
        var count = 0;
        try
        {
            foreach (var letter in typed)
            {
                if (letter == '-' || char.IsWhiteSpace(letter)) continue;
                var value = Digits.IndexOf(char.ToUpperInvariant(letter) switch { 'O' => '0', 'I' or 'L' => '1', var same => same },
                    StringComparison.Ordinal);
                if (value < 0) return Malformed("It holds a character that no security token has.");
                if (count == DigitCount) return Malformed("It is longer than a security token.");
                for (var bit = 0; bit < 5; bit++)
                {
                    var place = count * 5 + bit;
                    if ((value >> (4 - bit) & 1) != 0) all[place / 8] |= (byte)(0x80 >> place % 8);
                }
                count++;
            }
            if (count < DigitCount) return Malformed("It is shorter than a security token: a part of it is missing.");
            var secret = all[..SecretBytes];
            Span<byte> said = [all[SecretBytes], all[SecretBytes + 1], all[SecretBytes + 2]];
            if (said.SequenceEqual(Checksum(secret))) return secret;
            CryptographicOperations.ZeroMemory(secret);
            return Malformed("A letter or digit of it is wrong.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(all);
        }
    }

    private static Problem Malformed(string why) => new("TOKEN_MALFORMED", "This is not a security token. " + why, "securityToken",
        Advice: "Copy the whole token, from portal- to its last letter.");

    /// <summary>19 bits: 55 digits carry 275 bits, 256 of them the secret.</summary>
    private static byte[] Checksum(ReadOnlySpan<byte> secret)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData([.. "portal security token"u8, .. secret], hash);
        return [hash[0], hash[1], (byte)(hash[2] & 0xE0)];
    }

    private static int Five(ReadOnlySpan<byte> bytes, int digit)
    {
        var value = 0;
        for (var place = digit * 5; place < digit * 5 + 5; place++) value = value << 1 | (bytes[place / 8] >> (7 - place % 8) & 1);
        return value;
    }
}
