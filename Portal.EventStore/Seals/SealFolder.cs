using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

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

    /// <summary>Writes a seal: whole, on the disk, or not at all.</summary>
    /// <exception cref="IOException">It cannot be written, or another file has its name.</exception>
    public async Task WriteAsync(KeptSeal seal, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seal);
        var number = Seal.Parse(seal.Text).Number.ToString("d12", CultureInfo.InvariantCulture);
        var name = Path.Combine(path, $"seal-{number}.json");
        var draft = $"{name}.{Environment.ProcessId}.new";
        await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(file, seal, JsonSerializerOptions.Web, cancel);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, name, overwrite: false);
    }

    /// <summary>All seals there, in the order of their numbers.</summary>
    /// <exception cref="FormatException">A file holds no seal.</exception>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public async IAsyncEnumerable<KeptSeal> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var (_, file) in Files().OrderBy(file => file.Number))
        {
            await using var content = File.OpenRead(file);
            KeptSeal? seal;
            try
            {
                seal = await JsonSerializer.DeserializeAsync<KeptSeal>(content, JsonSerializerOptions.Web, cancel);
            }
            catch (JsonException fault)
            {
                throw new FormatException($"{file} holds no seal: {fault.Message}", fault);
            }
            yield return seal is { Text: not null, Signature: not null, Leaves: not null }
                ? seal : throw new FormatException($"{file} holds no seal.");
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
