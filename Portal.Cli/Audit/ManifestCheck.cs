using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary>Compares the files of a crate or an archive with the list of them whose hash the event of the export holds, and the end of the run
/// with what that event says of it.</summary>
internal static partial class ManifestCheck
{
    private const string File = "manifest-sha256.txt";
    // They tell the same of their files, by the same names.
    private const string Exported = "run_exported", Archived = "archive_written";

    /// <summary>Looks at all files.</summary>
    /// <param name="files">The crate.</param>
    /// <param name="lines">The run's events, which are proven.</param>
    /// <param name="record">The event of the export, which is, too.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>How many are as they were, or the first that is not.</returns>
    public static async Task<(long Files, StoreFault? Fault)> RunAsync(
        ExportFiles files, List<EventLine> lines, IReadOnlyList<EventLine> record, CancellationToken cancel)
    {
        if (record is not [{ Type: Exported or Archived } export] || Told(export.Body) is not var (events, head, hash))
            return (0, Fault(StoreFaultKind.Removed,
                "The event that tells how it was made is gone: nothing speaks for its files, nor for its end."));
        if (events != lines.Count || head != lines.LastOrDefault()?.Hash)
            return (0, new(StoreFaultKind.CutOff, lines.LastOrDefault()?.Position, lines.LastOrDefault()?.Stream, lines.Count,
                null, null, $"The end was cut off: there were {events} events when it was made, and {lines.Count} are here."));
        if (await files.ReadAsync(File, cancel) is not { } manifest) return (0, Gone(File));
        if (Convert.ToHexStringLower(SHA256.HashData(manifest)) != hash) return (0, Changed(File));
        var listed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Encoding.UTF8.GetString(manifest).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (Line().Match(line) is not { Success: true } match || !listed.TryAdd(match.Groups[2].Value, match.Groups[1].Value))
                return (0, Changed(File));
        foreach (var (path, sha256) in listed)
        {
            if (await files.HashAsync(path, cancel) is not { } found) return (0, Gone(path));
            if (found != sha256) return (0, Changed(path));
        }
        return files.Paths.FirstOrDefault(
            path => !listed.ContainsKey(path) && path is not (File or ExportCheck.Proof)) is { } added
            ? (0, Fault(StoreFaultKind.FileAdded, $"The file {added} was not in it when it was made."))
            : (listed.Count, null);
    }

    /// <summary>A file is not there.</summary>
    public static StoreFault Gone(string path) => Fault(StoreFaultKind.FileMissing, $"The file {path} is gone.");

    private static StoreFault Changed(string path) =>
        Fault(StoreFaultKind.FileChanged, $"The file {path} says something else than when it was made.");

    private static StoreFault Fault(StoreFaultKind kind, string words) => new(kind, null, null, null, null, null, words);

    private static (long Events, string? Head, string? Manifest)? Told(string body)
    {
        try
        {
            var told = JsonElement.Parse(body);
            return (told.GetProperty("events").GetInt64(), told.GetProperty("head").GetString(),
                told.GetProperty("manifest").GetString());
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // As sha256sum writes it.
    [GeneratedRegex(@"\A([0-9a-f]{64})  (.+)\z", RegexOptions.Singleline)]
    private static partial Regex Line();
}
