using System.IO.Compression;
using System.Security.Cryptography;

namespace Portal.Cli.Audit;

/// <summary>The files of an export: of a zip, which is never unpacked, or of a folder. Both come from anybody: paths that lead
/// out, links, and more bytes than a crate of the portal has are refused.</summary>
public sealed class ExportFiles : IDisposable
{
    /// <summary>The largest part that is read into memory, in bytes.</summary>
    public const long LargestPart = 512L << 20;

    /// <summary>Most bytes of all files, unpacked.</summary>
    public const long MostBytes = 4L << 30;

    private const int MostFiles = 10_000;
    private const int LinkMode = 0xA000, KindMode = 0xF000;

    private readonly Dictionary<string, Func<Stream>> files = new(StringComparer.Ordinal);
    private readonly ZipArchive? zip;
    private long left;

    private ExportFiles(ZipArchive? zip, long most) => (this.zip, left) = (zip, most);

    /// <summary>Paths of all files, with slashes.</summary>
    public IEnumerable<string> Paths => files.Keys.Order(StringComparer.Ordinal);

    /// <summary>Opens a zip file or a folder.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="mostBytes">Most bytes that are read of it, unpacked.</param>
    /// <exception cref="UsageException">It is neither, or holds what no crate of the portal holds.</exception>
    public static ExportFiles Open(string path, long mostBytes = MostBytes)
    {
        if (Directory.Exists(path)) return OfFolder(path, mostBytes);
        if (!File.Exists(path)) throw new UsageException($"There is no file {path}.");
        try
        {
            var found = new ExportFiles(ZipFile.OpenRead(path), mostBytes);
            try
            {
                foreach (var entry in found.zip!.Entries) found.Add(entry);
                return found;
            }
            catch
            {
                found.Dispose();
                throw;
            }
        }
        catch (InvalidDataException fault)
        {
            throw new UsageException($"{path} is no zip file, or a damaged one: {fault.Message}");
        }
    }

    /// <summary>The bytes of a file; null where it is not there.</summary>
    /// <exception cref="UsageException">It is larger than it can be.</exception>
    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancel)
    {
        if (!files.TryGetValue(path, out var open)) return null;
        using var bytes = new MemoryStream();
        await CopyAsync(path, open, LargestPart, (buffer, count) => bytes.Write(buffer, 0, count), cancel);
        return bytes.ToArray();
    }

    /// <summary>SHA-256 of a file, lower-case hex; null where it is not there.</summary>
    /// <exception cref="UsageException">It is larger than it can be.</exception>
    public async Task<string?> HashAsync(string path, CancellationToken cancel)
    {
        if (!files.TryGetValue(path, out var open)) return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await CopyAsync(path, open, MostBytes, (buffer, count) => hash.AppendData(buffer, 0, count), cancel);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => zip?.Dispose();

    private static ExportFiles OfFolder(string path, long most)
    {
        var found = new ExportFiles(null, most);
        var root = Path.GetFullPath(path);
        foreach (var file in new DirectoryInfo(root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (file.LinkTarget is not null) throw Hostile(name, "is a link");
            if (file is FileInfo) found.Add(name, () => File.OpenRead(file.FullName));
        }
        return found;
    }

    private void Add(ZipArchiveEntry entry)
    {
        if (((entry.ExternalAttributes >> 16) & KindMode) == LinkMode) throw Hostile(entry.FullName, "is a link");
        if (entry.FullName.EndsWith('/')) return;
        Add(entry.FullName, entry.Open);
    }

    private void Add(string name, Func<Stream> open)
    {
        if (name.Length == 0 || name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Any(char.IsControl)
            || name.Split('/').Any(part => part is "" or "." or ".."))
            throw Hostile(name, "has a path that leads elsewhere");
        if (!files.TryAdd(name, open)) throw Hostile(name, "is there twice");
        if (files.Count > MostFiles)
            throw new UsageException($"This is no crate of a portal: it has more than {MostFiles} files.");
    }

    // What is told of a file's size is not believed: the bytes are counted as they come.
    private async Task CopyAsync(
        string path, Func<Stream> open, long most, Action<byte[], int> take, CancellationToken cancel)
    {
        try
        {
            await using var content = open();
            var buffer = new byte[1 << 16];
            for (int count; (count = await content.ReadAsync(buffer, cancel)) > 0;)
            {
                (most, left) = (most - count, left - count);
                if (most < 0 || left < 0) throw Hostile(path, "is larger than anything in a crate of a portal");
                take(buffer, count);
            }
        }
        catch (InvalidDataException fault)
        {
            throw new UsageException($"{path} cannot be unpacked: {fault.Message}");
        }
    }

    private static UsageException Hostile(string name, string words) =>
        new($"This is no crate of a portal, and nothing of it was unpacked: the file '{name}' {words}.");
}
