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
        if (record is not [{ Type: Exported or Archived } export] || Told(export.Body) is not { } told)
            return (0, Fault(StoreFaultKind.Removed,
                "The event that tells how it was made is gone: nothing speaks for its files, nor for its end."));
        if (Ends(lines, told) is { } cut) return (0, cut);
        if (await files.ReadAsync(File, cancel) is not { } manifest) return (0, Gone(File));
        if (Convert.ToHexStringLower(SHA256.HashData(manifest)) != told.Manifest) return (0, Changed(File));
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

    /// <summary>Whether a proof without a crate holds all that was given, where the event of the export stands at its
    /// end.</summary>
    /// <param name="record">All of its events.</param>
    /// <returns>Whether it tells that at all, and what is wrong.</returns>
    public static (bool Told, StoreFault? Fault) Run(IReadOnlyList<EventLine> record)
    {
        if (record is not [.., { Type: Exported } export] || Told(export.Body) is not { } told) return (false, null);
        List<EventLine> lines = [.. record.SkipLast(1)];
        var list = $"{Hash(string.Concat(lines.Select(line => $"{line}\n")))}  {ExportCheck.EventsFile}\n";
        return (true, Ends(lines, told) ?? (Hash(list) == told.Manifest ? null
            : Fault(StoreFaultKind.Removed,
                "These are not the events that were given: one outside of the run's own stream was taken out or put in.")));
    }

    /// <summary>A file is not there.</summary>
    public static StoreFault Gone(string path) => Fault(StoreFaultKind.FileMissing, $"The file {path} is gone.");

    private static StoreFault Changed(string path) =>
        Fault(StoreFaultKind.FileChanged, $"The file {path} says something else than when it was made.");

    private static StoreFault Fault(StoreFaultKind kind, string words) => new(kind, null, null, null, null, null, words);

    // Of the run itself all events are there: what else is, is of other streams. An archive has all of all of its streams.
    private static StoreFault? Ends(IReadOnlyList<EventLine> lines, Notes told)
    {
        if (told.Stream is null) return EndsAll(lines, told);
        var own = lines.Where(line => line.Stream == told.Stream).ToList();
        foreach (var (at, line) in own.Index())
            if (line.Version != at + 1)
                return new(StoreFaultKind.Removed, line.Position, line.Stream, at + 1, null, null,
                    $"{line.Stream} version {at + 1} is gone: version {line.Version} follows what was before it.");
        return own.Count == told.Events && own.LastOrDefault()?.Hash == told.Head ? null
            : new(StoreFaultKind.CutOff, own.LastOrDefault()?.Position, told.Stream, own.Count, null, null,
                $"The end was cut off: the run had {told.Events} events when it was taken away, and {own.Count} are here.");
    }

    // An archive has whole streams.
    private static StoreFault? EndsAll(IReadOnlyList<EventLine> lines, Notes told) =>
        lines.Count == told.Events && lines.LastOrDefault()?.Hash == told.Head ? null
            : new(StoreFaultKind.CutOff, lines.LastOrDefault()?.Position, lines.LastOrDefault()?.Stream, lines.Count, null, null,
                $"The end was cut off: there were {told.Events} events when it was made, and {lines.Count} are here.");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static Notes? Told(string body)
    {
        try
        {
            var told = JsonElement.Parse(body);
            return new(told.TryGetProperty("runId", out var run) ? $"run-{run.GetString()}" : null, told.GetProperty("events").GetInt64(),
                told.GetProperty("head").GetString(), told.GetProperty("manifest").GetString());
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // What the event of the export says: of which run (of none, where it is an archive), how many events it had, the hash of the last, and of the list of files.
    private sealed record Notes(string? Stream, long Events, string? Head, string? Manifest);

    // As sha256sum writes it.
    [GeneratedRegex(@"\A([0-9a-f]{64})  (.+)\z", RegexOptions.Singleline)]
    private static partial Regex Line();
}
