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
        using var hash = SHA256.Create();
        await using (var through = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            // A thread of its own, as the portal's own places do: a conveyor's reads block.
            await Task.Factory.StartNew(() => content.CopyTo(through), CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
        }
        cancel.ThrowIfCancellationRequested();
        return hashes ? Convert.ToHexStringLower(hash.Hash!) : null;
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
