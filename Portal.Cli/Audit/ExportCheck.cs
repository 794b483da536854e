using System.Text;
using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary>Verifies what was taken away, offline: a crate or an archive, unpacked or not, a proof alone, or an export of
/// events.</summary>
/// <param name="keys">Public keys, PEM; null for those that stand in it.</param>
public sealed class ExportCheck(string? keys)
{
    /// <summary>Where the proof stands in a crate.</summary>
    internal const string Proof = "proof.json";

    /// <summary>Where the events stand in a crate.</summary>
    internal const string EventsFile = "events.jsonl";

    private const string UnsealedEnd = "That this is all that was given, and that the run had no more events, only the chain of "
        + "the export's event says: it was not sealed yet.";

    private const string OwnKey = "The public key stands in the file itself. That proves only that the file fits together: "
        + "whoever made it anew would have put their own key there. Give the portal's by --keys.";

    private readonly List<string> remarks = [];

    /// <summary>Verifies a file or a folder.</summary>
    /// <exception cref="UsageException">It is no export, or the keys are none.</exception>
    public async Task<ExportReport> RunAsync(string path, CancellationToken cancel)
    {
        await using (var events = await Audit.EventsFile.OpenAsync(path, cancel))
            if (events is not null) return await EventsAsync(events, cancel);
        if (!Directory.Exists(path) && await IsTextAsync(path, cancel))
        {
            if (new FileInfo(path).Length > ExportFiles.LargestPart)
                throw new UsageException($"{path} is larger than a proof can be.");
            var (alone, fault) = Read(path, await File.ReadAllBytesAsync(path, cancel));
            if (alone is null) return Failed(fault!);
            var report = Compare(alone, alone.Record);
            var (told, cut) = report.Holds ? ManifestCheck.Run(alone.Record) : (true, null);
            if (!told)
                remarks.Add("Whether something followed after the last of these events is not in it: a crate tells that for the "
                    + "moment at which it was made.");
            if (told && report.Holds && alone.Events[^1].Seal is null) remarks.Add(UnsealedEnd);
            return Of(report, 0, report.Fault ?? cut);
        }
        using var files = ExportFiles.Open(path);
        return await CrateAsync(files, cancel);
    }

    private async Task<ExportReport> EventsAsync(Stream content, CancellationToken cancel)
    {
        if (keys is null) remarks.Add(OwnKey);
        try
        {
            var found = await ExportVerification.RunAsync(content, keys, cancel);
            return new(found.Events, found.Proven, found.Unsealed, 0, [.. found.Remarks, .. remarks], found.Fault)
            {
                UpTo = found.UpTo, Notes = found.Notes,
            };
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException)
        {
            throw new UsageException($"The file cannot be verified: {fault.Message}");
        }
    }

    private async Task<ExportReport> CrateAsync(ExportFiles files, CancellationToken cancel)
    {
        if (await files.ReadAsync(Proof, cancel) is not { } bytes)
            throw new UsageException($"This is no crate and no archive of a portal: there is no {Proof} in it.");
        var (proof, fault) = Read(Proof, bytes);
        if (proof is null) return Failed(fault!);
        if (await files.ReadAsync(EventsFile, cancel) is not { } text) return Failed(ManifestCheck.Gone(EventsFile));
        var lines = new List<EventLine>();
        foreach (var (number, line) in Encoding.UTF8.GetString(text).Split('\n').Index().Where(one => one.Item.Length > 0))
        {
            try
            {
                lines.Add(EventLine.Parse(line));
            }
            catch (FormatException wrong)
            {
                return Failed(new(StoreFaultKind.FileChanged, null, null, null, null, null,
                    $"{EventsFile}, line {number + 1}: {wrong.Message}"));
            }
        }
        var report = Compare(proof, [.. lines, .. proof.Record]);
        if (!report.Holds) return Of(report, 0, report.Fault);
        if (proof.Events[^1].Seal is null)
            remarks.Add(UnsealedEnd);
        var (count, wrongFile) = await ManifestCheck.RunAsync(files, lines, proof.Record, cancel);
        return Of(report, count, wrongFile);
    }

    private ProofReport Compare(EventProof proof, IReadOnlyList<EventLine> lines)
    {
        if (keys is null)
            remarks.Add(OwnKey);
        try
        {
            using var known = SealKeys.Parse(keys ?? proof.Keys);
            return ProofCheck.Run(proof, lines, known);
        }
        catch (FormatException fault)
        {
            throw new UsageException(keys is null
                ? $"The file holds no usable public key, give one by --keys: {fault.Message}" : fault.Message);
        }
    }

    private static (EventProof? Proof, StoreFault? Fault) Read(string name, byte[] bytes)
    {
        try
        {
            return (EventProof.Parse(bytes), null);
        }
        catch (FormatException fault)
        {
            return (null, new(StoreFaultKind.FileChanged, null, null, null, null, null, $"{name}: {fault.Message}"));
        }
    }

    private ExportReport Of(ProofReport report, long files, StoreFault? fault) => new(
        report.Events, report.Proven, report.Unsealed, files, [.. report.Remarks, .. remarks], fault)
    {
        Streams = report.Streams,
    };

    private ExportReport Failed(StoreFault fault) => new(0, null, 0, 0, remarks, fault);

    // A zip begins with PK, a proof with a brace.
    private static async Task<bool> IsTextAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path)) return false;
        await using var file = File.OpenRead(path);
        var first = new byte[1];
        return await file.ReadAsync(first, cancel) == 1 && first[0] == '{';
    }
}
