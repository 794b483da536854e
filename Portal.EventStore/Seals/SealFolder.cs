using System.Globalization;
using System.Runtime.CompilerServices;

namespace Portal.EventStore;

/// <summary>A folder that seals are written to, best on another machine: one file each, <c>seal-NUMBER.json</c>.</summary>
/// <param name="path">The folder.</param>
public sealed class SealFolder(string path)
{
    private const string Form = "seal-*.json";

    /// <summary>The largest number of a seal that lies there; 0 where there is none. The folder is made when it is not
    /// there.</summary>
    /// <exception cref="IOException">It cannot be made or read.</exception>
    public long Highest()
    {
        Directory.CreateDirectory(path);
        return Files().Select(file => file.Number).DefaultIfEmpty(0).Max();
    }

    /// <summary>Writes a seal: whole, on the disk, or not at all. One that lies there already stays as it is.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task WriteAsync(KeptSeal seal, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seal);
        var name = Path.Combine(path, SealFile.Name(Seal.Parse(seal.Text).Number));
        var draft = $"{name}.{Environment.ProcessId}.new";
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await file.WriteAsync(SealFile.Write(seal), cancel);
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(draft, name, overwrite: false);
        }
        catch (IOException) when (File.Exists(name))
        {
            // Another node was first.
            File.Delete(draft);
        }
    }

    /// <summary>All seals there, in the order of their numbers.</summary>
    /// <exception cref="FormatException">A file holds no seal.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public async IAsyncEnumerable<KeptSeal> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (_, file) in Files().OrderBy(file => file.Number))
        {
            await using var content = File.OpenRead(file);
            yield return await SealFile.ReadAsync(content, file, cancel);
        }
    }

    private IEnumerable<(long Number, string File)> Files()
    {
        foreach (var file in Directory.EnumerateFiles(path, Form))
        {
            var digits = Path.GetFileNameWithoutExtension(file)["seal-".Length..];
            if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                yield return (number, file);
        }
    }
}
