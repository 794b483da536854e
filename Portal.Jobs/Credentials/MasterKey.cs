using System.Security.Cryptography;

namespace Portal.Jobs.Credentials;

/// <summary>The portal's own key: 256 bits in a file outside the database. Who has only the database can open nothing.</summary>
public sealed class MasterKey
{
    private const int KeyBytes = 32;
    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <summary>The key's bytes, for sealing alone.</summary>
    internal ReadOnlySpan<byte> Bytes => _key;

    /// <summary>A key given by configuration, as base64.</summary>
    /// <exception cref="FormatException">It is not 256 bits of base64.</exception>
    public static MasterKey FromBase64(string text)
    {
        var key = new byte[KeyBytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var count) && count == KeyBytes
            ? new(key)
            : throw new FormatException("The portal's key must be 32 bytes, written as base64 (44 characters).");
    }

    /// <summary>Reads the key file, or makes it where there is none: readable for its owner alone, on the disk before it is used.</summary>
    public static MasterKey LoadOrCreate(string path)
    {
        if (!File.Exists(path)) Create(path);
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
            throw new InvalidOperationException($"The portal's key file may be read by others: chmod 600 {path}");
        return FromBase64(File.ReadAllText(path));
    }

    private static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Environment.ProcessId}.new";
        File.Delete(draft);
        using (var file = new FileStream(draft, options))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
            file.Flush(flushToDisk: true);
        }
        try
        {
            // Two portals starting at once: one name wins, and both read that one.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
