using System.Security.Cryptography;
using Portal.Jobs.Sites;

namespace Portal.Tests.Jobs.Transfers;

/// A folder of this machine as a place; may give its own running hash, like a machine, or none, like an FTP server.
public class FolderFiles(string root, bool hashes = true) : IFiles
{
    public string At(string path) => Path.Combine(root, path.TrimStart('/'));

    public Task<FileStat?> StatAsync(string path, CancellationToken cancel) => Task.FromResult(
        File.Exists(At(path)) ? new FileStat(path, new FileInfo(At(path)).Length, false, File.GetLastWriteTimeUtc(At(path)))
        : Directory.Exists(At(path)) ? new FileStat(path, 0, true, null) : null);

    public Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel) => throw new NotSupportedException();

    public Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel)
    {
        Stream stream = File.OpenRead(At(path));
        stream.Position = offset;
        return Task.FromResult(stream);
    }

    public virtual async Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        await using var file = File.Open(At(path), offset == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write);
        Assert.Equal(offset, file.Position);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        int count;
        while ((count = await content.ReadAsync(buffer, cancel)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            hash.AppendData(buffer, 0, count);
        }
        return hashes ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
    }

    public async Task<string?> HashAsync(string path, long? length, CancellationToken cancel)
    {
        if (!hashes) return null;
        var bytes = await File.ReadAllBytesAsync(At(path), cancel);
        return Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, (int)(length ?? bytes.Length))));
    }

    public Task MakeFolderAsync(string folder, CancellationToken cancel) => Task.FromResult(Directory.CreateDirectory(At(folder)));

    public Task RenameAsync(string from, string to, CancellationToken cancel)
    {
        File.Move(At(from), At(to), overwrite: true);
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string path, CancellationToken cancel)
    {
        File.Delete(At(path));
        return Task.CompletedTask;
    }
}
