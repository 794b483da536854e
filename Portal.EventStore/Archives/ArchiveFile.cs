using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Portal.EventStore;

/// <summary>What an archive's file holds.</summary>
/// <param name="Lines">The events, in the order of all events.</param>
/// <param name="Streams">The list of their streams.</param>
/// <param name="Proof">What shows that they were sealed; its record is <see cref="ArchiveWritten"/>.</param>
public sealed record ArchiveContents(IReadOnlyList<EventLine> Lines, ArchivedStreams Streams, EventProof Proof)
{
    /// <summary>Verifies the events with public keys alone.</summary>
    public ProofReport Check(SealKeys keys) => ProofCheck.Run(Proof, [.. Lines, .. Proof.Record], keys);
}

/// <summary>The file of an archive: a zip that is verified as a crate is, by <c>portal audit verify</c>. Its parts are
/// <c>events.jsonl</c> (<see cref="EventLine"/>), <c>streams.txt</c> (<see cref="ArchivedStreams"/>), <c>seal-keys.pem</c>,
/// <c>manifest-sha256.txt</c> over these, whose hash <see cref="ArchiveWritten"/> holds, and <c>proof.json</c>
/// (<see cref="EventProof"/>).</summary>
public static class ArchiveFile
{
    private const string Events = "events.jsonl", Streams = "streams.txt", Keys = "seal-keys.pem",
        Manifest = "manifest-sha256.txt", Proof = "proof.json";

    /// <summary>The parts over which the manifest is, by name.</summary>
    internal static IReadOnlyList<(string Name, byte[] Bytes)> Parts(
        IReadOnlyList<EventLine> lines, ArchivedStreams streams, string keys) =>
    [
        (Events, Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => $"{line}\n")))),
        (Streams, Encoding.UTF8.GetBytes(streams.Text)),
        (Keys, Encoding.UTF8.GetBytes(keys)),
    ];

    /// <summary>The list of parts, as sha256sum writes it.</summary>
    internal static byte[] ManifestOf(IReadOnlyList<(string Name, byte[] Bytes)> parts) => Encoding.UTF8.GetBytes(string.Concat(
        parts.Select(part => $"{Convert.ToHexStringLower(SHA256.HashData(part.Bytes))}  {part.Name}\n")));

    /// <summary>Writes a file and has it on the disk.</summary>
    internal static void Write(string path, IReadOnlyList<(string Name, byte[] Bytes)> parts, EventProof proof)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in parts.Append((Manifest, ManifestOf(parts))).Append((Proof, proof.ToBytes())))
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(bytes);
            }
        file.Flush(flushToDisk: true);
    }

    /// <summary>SHA-256 of a file, lower-case hexadecimal, and its size.</summary>
    internal static async Task<(string Sha256, long Bytes)> HashAsync(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancel)), file.Length);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="FormatException">It is no archive's.</exception>
    public static async Task<ArchiveContents> ReadAsync(string path, CancellationToken cancel)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(path, cancel);
            var lines = Encoding.UTF8.GetString(await PartAsync(zip, Events, cancel))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            return new([.. lines.Select(EventLine.Parse)],
                ArchivedStreams.Parse(Encoding.UTF8.GetString(await PartAsync(zip, Streams, cancel))),
                EventProof.Parse(await PartAsync(zip, Proof, cancel)));
        }
        catch (InvalidDataException fault)
        {
            throw new FormatException($"This is no zip file, or a damaged one: {fault.Message}", fault);
        }
    }

    private static async Task<byte[]> PartAsync(ZipArchive zip, string name, CancellationToken cancel)
    {
        var entry = zip.GetEntry(name) ?? throw new FormatException($"There is no {name} in it.");
        await using var content = await entry.OpenAsync(cancel);
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }
}
