using System.Security.Cryptography;
using System.Text;

namespace Portal.Jobs.Code;

/// <summary>SHA-256 over the exact bytes of a folder of code: what git's own id, a SHA-1, does not vouch for.</summary>
internal static class CodeDigest
{
    /// <summary>Reads every file. Over one record for each, sorted by name as bytes: what it is (<c>file</c>, <c>run</c> for one
    /// that may be executed, <c>link</c>), the SHA-256 of its bytes or of where it leads, its name, and NUL. Folders count by
    /// what is in them, as in git.</summary>
    /// <returns>Lower-case hex.</returns>
    public static async Task<string> OfAsync(string folder, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("What may be executed is told by file modes.");
        var entries = new DirectoryInfo(folder)
            .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(entry => entry is FileInfo || entry.LinkTarget is not null)
            .Select(entry => (Entry: entry, Name: Encoding.UTF8.GetBytes(Path.GetRelativePath(folder, entry.FullName))))
            .OrderBy(pair => Convert.ToHexString(pair.Name), StringComparer.Ordinal);
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (entry, name) in entries)
        {
            var kind = entry.LinkTarget is not null ? "link"
                : entry.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? "run" : "file";
            all.AppendData(Encoding.UTF8.GetBytes($"{kind} {await ContentAsync(entry, cancel)} "));
            all.AppendData(name);
            all.AppendData([0]);
        }
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private static async Task<string> ContentAsync(FileSystemInfo entry, CancellationToken cancel)
    {
        if (entry.LinkTarget is { } target) return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(target)));
        await using var content = File.OpenRead(entry.FullName);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
    }
}
