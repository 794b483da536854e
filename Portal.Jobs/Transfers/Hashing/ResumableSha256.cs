using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Portal.Jobs.Transfers.Hashing;

/// <summary>SHA-256 (FIPS 180-4) whose state between two bytes can be written down and taken up again by another process: the
/// eight words of the intermediate hash, the length so far, and the bytes of the block that is not full yet. .NET's own
/// hash keeps its state to itself, so this calls the same OpenSSL that .NET calls, at the same speed.</summary>
public sealed class ResumableSha256
{
    private Context context;

    /// <summary>The hash of nothing yet.</summary>
    public ResumableSha256() => Check(SHA256_Init(ref context));

    private ResumableSha256(Context context, long length)
    {
        this.context = context;
        Length = length;
    }

    /// <summary>Bytes hashed so far.</summary>
    public long Length { get; private set; }

    /// <summary>Hashes more bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        Check(SHA256_Update(ref context, ref MemoryMarshal.GetReference(bytes), (nuint)bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>The hash of the bytes so far, lower-case hex; more may be appended afterwards.</summary>
    public string Hex()
    {
        Span<byte> hash = stackalloc byte[32];
        var copy = context;
        Check(SHA256_Final(ref MemoryMarshal.GetReference(hash), ref copy));
        return Convert.ToHexStringLower(hash);
    }

    /// <summary>The state at this byte; cheap, and independent of what is appended later.</summary>
    public HashMark Mark() => new(Length, context);

    /// <summary>Goes on from a mark.</summary>
    public static ResumableSha256 From(HashMark mark) => new(mark.Context, mark.Length);

    private static void Check(int answer)
    {
        if (answer != 1) throw new System.Security.Cryptography.CryptographicException("OpenSSL refused to hash.");
    }

    // SHA256_CTX of openssl/sha.h; the same on every architecture and in every release since 0.9.8.
    internal struct Context
    {
        public Words8 Hash;
        public ulong Bits;
        public Words16 Block;
        public uint BlockLength;
        public uint DigestLength;
    }

    [InlineArray(8)]
    internal struct Words8
    {
        private uint first;
    }

    [InlineArray(16)]
    internal struct Words16
    {
        private uint first;
    }

    static ResumableSha256() => NativeLibrary.SetDllImportResolver(typeof(ResumableSha256).Assembly, (name, assembly, path) =>
        name != "libcrypto" ? 0
        : NativeLibrary.TryLoad("libcrypto.so.3", assembly, path, out var three) ? three
        : NativeLibrary.TryLoad("libcrypto.so.1.1", assembly, path, out var one) ? one : 0);

    [DllImport("libcrypto")]
    private static extern int SHA256_Init(ref Context context);

    [DllImport("libcrypto")]
    private static extern int SHA256_Update(ref Context context, ref byte data, nuint length);

    [DllImport("libcrypto")]
    private static extern int SHA256_Final(ref byte digest, ref Context context);
}

/// <summary>The state of a SHA-256 after so many bytes; written as <c>length:words:rest</c>, the last two in hex.</summary>
public sealed class HashMark
{
    internal HashMark(long length, ResumableSha256.Context context) => (Length, Context) = (length, context);

    /// <summary>Bytes that went in.</summary>
    public long Length { get; }

    internal ResumableSha256.Context Context { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var context = Context;
        var words = string.Concat(((ReadOnlySpan<uint>)context.Hash).ToArray().Select(w => w.ToString("x8", CultureInfo.InvariantCulture)));
        var rest = MemoryMarshal.AsBytes((ReadOnlySpan<uint>)context.Block)[..(int)context.BlockLength];
        return string.Create(CultureInfo.InvariantCulture, $"{Length}:{words}:{Convert.ToHexStringLower(rest)}");
    }

    /// <summary>Reads a mark as written by <see cref="ToString"/>; null for anything else, a torn line included.</summary>
    public static HashMark? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts.Length != 3 || parts[1].Length != 64 || !parts[1].All(char.IsAsciiHexDigitLower) || !parts[2].All(char.IsAsciiHexDigitLower)
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            || parts[2].Length != length % 64 * 2) return null;
        var context = new ResumableSha256.Context { Bits = (ulong)length * 8, BlockLength = (uint)(length % 64), DigestLength = 32 };
        for (var i = 0; i < 8; i++)
            context.Hash[i] = uint.Parse(parts[1].AsSpan(i * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Convert.FromHexString(parts[2]).CopyTo(MemoryMarshal.AsBytes((Span<uint>)context.Block));
        return new(length, context);
    }
}
