using System.Security.Cryptography;
using System.Text;

namespace Portal.EventStore;

/// <summary>A key that signs seals: ECDSA over P-256 (FIPS 186-5) in a file outside the database.</summary>
public sealed class SealKey : IDisposable
{
    private readonly ECDsa key;

    private SealKey(ECDsa key) => (this.key, Id) = (key, IdOf(key));

    /// <summary>SHA-256 of its public half (SubjectPublicKeyInfo, RFC 5280), in hexadecimal.</summary>
    public string Id { get; }

    /// <summary>The public half, as PEM (RFC 7468).</summary>
    public string PublicPem => key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>Reads the key file, or makes it where there is none: readable for its owner alone, on the disk before it is
    /// used.</summary>
    /// <exception cref="InvalidOperationException">Others may read it.</exception>
    /// <exception cref="FormatException">It holds no private key over P-256.</exception>
    public static SealKey LoadOrCreate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) Create(path);
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
            throw new InvalidOperationException($"The key that signs seals may be read by others: chmod 600 {path}");
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (Curve(key) && key.ExportParameters(includePrivateParameters: true).D is not null) return new(key);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new FormatException($"{path} holds no private key over P-256 as PEM.", fault);
        }
        key.Dispose();
        throw new FormatException($"{path} holds no private key over P-256 as PEM.");
    }

    /// <summary>Signs a seal's text.</summary>
    public byte[] Sign(string text) => key.SignData(
        Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    internal static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    internal static bool Curve(ECDsa key) =>
        key.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value == ECCurve.NamedCurves.nistP256.Oid.Value;

    private static void Create(string path)
    {
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var draft = $"{path}.{Environment.ProcessId}.new";
        File.Delete(draft);
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem() + "\n"));
            file.Flush(flushToDisk: true);
        }
        try
        {
            // Two nodes starting at once: one name wins, and both read that one.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}

/// <summary>Public keys, by which seals are checked.</summary>
public sealed class SealKeys : IDisposable
{
    private readonly Dictionary<string, ECDsa> keys = new(StringComparer.Ordinal);

    /// <summary>Reads all public keys in a text of PEM blocks.</summary>
    /// <exception cref="FormatException">There is none in it, or one is no public key over P-256.</exception>
    public static SealKeys Parse(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var found = new SealKeys();
        try
        {
            for (var rest = pem.AsSpan(); PemEncoding.TryFind(rest, out var block); rest = rest[block.Location.End..])
            {
                var key = ECDsa.Create();
                key.ImportFromPem(rest[block.Location]);
                if (!SealKey.Curve(key)) throw new FormatException("A seal's key is over P-256.");
                if (!found.keys.TryAdd(SealKey.IdOf(key), key)) key.Dispose();
            }
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            found.Dispose();
            throw new FormatException("This holds no public key over P-256 as PEM.", fault);
        }
        return found.keys.Count > 0 ? found : throw new FormatException("This holds no public key as PEM.");
    }

    /// <summary>Whether a key is among them.</summary>
    public bool Knows(string id) => keys.ContainsKey(id);

    /// <summary>Whether a signature over a text is good; false where the key is not known.</summary>
    public bool Good(string id, string text, byte[] signature) => keys.TryGetValue(id, out var key) && key.VerifyData(
        Encoding.UTF8.GetBytes(text), signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in keys.Values) key.Dispose();
    }
}
