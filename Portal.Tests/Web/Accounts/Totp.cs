using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Web.Accounts;

/// <summary>Codes as an authenticator app shows them (RFC 6238 with SHA-1, six digits, steps of 30 s), written without the
/// portal's help.</summary>
public static class Totp
{
    /// <summary>The code of a key in base32, now or at another moment, or so many steps later.</summary>
    public static string Code(string key, int later = 0, DateTimeOffset? at = null)
    {
        Secrets.Note("the key of an app", key, SecretKind.Shown);
        Secrets.Note("the key of an app", key.Replace(" ", "", StringComparison.Ordinal), SecretKind.Shown);
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, (at ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds() / 30 + later);
        var hash = HMACSHA1.HashData(Bytes(key.Replace(" ", "", StringComparison.Ordinal)), step);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF, 4)) & int.MaxValue;
        return (number % 1_000_000).ToString("d6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(sign =>
            Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(sign, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(eight => eight.Length == 8).Select(eight => Convert.ToByte(new string(eight), 2))];
    }
}
