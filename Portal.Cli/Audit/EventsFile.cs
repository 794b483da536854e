using System.IO.Compression;
using System.Text;

namespace Portal.Cli.Audit;

/// <summary>A file of exported events: told from all others by how it begins.</summary>
internal static class EventsFile
{
    private const string Proven = """{"export":""";
    private static readonly string[] Plain = ["""{"position":""", """{"end":"""];
    private const string Csv = "position,time,type,";

    /// <summary>Opens it, unpacking gzip.</summary>
    /// <returns>Its text; null where it is something else.</returns>
    /// <exception cref="UsageException">These are events, and there is no proof of them.</exception>
    public static async Task<Stream?> OpenAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path)) return null;
        var begins = await BeginningAsync(path, cancel);
        if (begins.StartsWith(Proven, StringComparison.Ordinal)) return Open(path);
        if (Array.Exists(Plain, plain => begins.StartsWith(plain, StringComparison.Ordinal)))
            throw new UsageException("There is no proof in this export. Take it with one, by `portal audit export --proof`, "
                + "the page's `JSONL with proof` or `?proof=true`, and verify that.");
        if (begins.StartsWith(Csv, StringComparison.Ordinal))
            throw new UsageException("CSV cannot be verified: it does not hold all that the hashes cover. Take the events as "
                + "JSON lines with their proof, by `portal audit export --proof`, and verify that.");
        return null;
    }

    private static async Task<string> BeginningAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var content = Open(path);
            var first = new byte[32];
            return Encoding.UTF8.GetString(first, 0, await content.ReadAtLeastAsync(first, first.Length, false, cancel));
        }
        catch (InvalidDataException fault)
        {
            throw new UsageException($"{path} is a damaged gzip file: {fault.Message}");
        }
    }

    private static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        var packed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return packed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }
}
