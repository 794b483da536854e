using System.Security.Cryptography;
using System.Text;
using Portal.Domain.Common;
using Portal.Domain.Machines;

namespace Portal.Domain.Credentials;

/// <summary>Sealed envelopes: AES-256-GCM (NIST SP 800-38D) under a key that HKDF-SHA256 (RFC 5869) makes of a secret and a salt,
/// bound to a context. Version byte, salt (16), nonce (12), tag (16), ciphertext. Pure: randomness is passed in.</summary>
public static class Sealing
{
    /// <summary>Random bytes that one envelope needs.</summary>
    public const int RandomBytes = SaltBytes + NonceBytes;

    private const byte Version = 1;
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Overhead = 1 + SaltBytes + NonceBytes + TagBytes;

    /// <summary>What a credential's key is bound to.</summary>
    public static string KeyContext(Id<Machine> machine, Id<Credential> credential) => $"portal/private-key/{machine}/{credential}";

    /// <summary>What a lease's key is bound to: its terms, to the tick.</summary>
    public static string LeaseContext(LeaseTerms terms) =>
        FormattableString.Invariant($"portal/lease/{terms.Lease}/{terms.Run}/{terms.Credential}/{terms.Until.ToUnixTimeMilliseconds()}");

    /// <summary>Seals.</summary>
    /// <param name="secret">256 bits.</param>
    /// <param name="context">What it is bound to; the same is needed to open it.</param>
    /// <param name="plain">What is sealed.</param>
    /// <param name="random"><see cref="RandomBytes"/> bytes, never used before.</param>
    public static byte[] Seal(ReadOnlySpan<byte> secret, string context, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> random)
    {
        if (random.Length != RandomBytes) throw new ArgumentException($"{RandomBytes} random bytes are needed.", nameof(random));
        var envelope = new byte[Overhead + plain.Length];
        envelope[0] = Version;
        random.CopyTo(envelope.AsSpan(1));
        Span<byte> key = stackalloc byte[32];
        Derive(secret, random[..SaltBytes], context, key);
        using (var cipher = new AesGcm(key, TagBytes))
        {
            cipher.Encrypt(random[SaltBytes..], plain, envelope.AsSpan(Overhead), envelope.AsSpan(1 + RandomBytes, TagBytes),
                Associated(context));
        }
        CryptographicOperations.ZeroMemory(key);
        return envelope;
    }

    /// <summary>Opens; null when secret, context or envelope are not the ones of the sealing. The caller wipes the answer.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> secret, string context, ReadOnlySpan<byte> envelope)
    {
        if (envelope.Length < Overhead || envelope[0] != Version) return null;
        var plain = new byte[envelope.Length - Overhead];
        Span<byte> key = stackalloc byte[32];
        Derive(secret, envelope.Slice(1, SaltBytes), context, key);
        try
        {
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(envelope.Slice(1 + SaltBytes, NonceBytes), envelope[Overhead..],
                envelope.Slice(1 + RandomBytes, TagBytes), plain, Associated(context));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Opens a credential's key with the token as its owner typed it. The caller wipes the answer.
    /// <c>TOKEN_MALFORMED</c>: no token at all; <c>TOKEN_WRONG</c>: a token, but not this credential's.</summary>
    public static Result<byte[]> OpenKey(string token, Id<Machine> machine, Id<Credential> credential, ReadOnlySpan<byte> envelope)
    {
        var read = SealingToken.Read(token);
        if (!read.Ok) return read;
        var plain = Open(read.Value, KeyContext(machine, credential), envelope);
        CryptographicOperations.ZeroMemory(read.Value);
        return plain is not null
            ? plain
            : new Problem("TOKEN_WRONG", "This security token does not belong to this credential.", "securityToken",
                Advice: "Take the token that was shown when this machine's current key was made.");
    }

    private static byte[] Associated(string context) => [Version, .. Encoding.UTF8.GetBytes(context)];

    private static void Derive(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> salt, string context, Span<byte> key) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt, Encoding.UTF8.GetBytes(context));
}
