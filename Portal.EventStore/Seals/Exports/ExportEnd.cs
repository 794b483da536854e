using System.Text.Json;

namespace Portal.EventStore;

/// <summary>The last two lines of an export: the event by which the portal noted it, proven, and how many events there
/// are.</summary>
internal sealed class ExportEnd
{
    private readonly List<string> remarks = [];
    private EventProof? proof;
    private (long Events, long UpTo)? last;

    /// <summary>Whether one of them came.</summary>
    public bool Begun => proof is not null || last is not null;

    /// <summary>What the portal noted, where it is proven.</summary>
    public ExportNotes? Notes { get; private set; }

    /// <summary>What is no fault.</summary>
    public IReadOnlyList<string> Remarks => remarks;

    /// <summary>Takes a line, where it is one of the two.</summary>
    /// <exception cref="FormatException">It is damaged, or comes again.</exception>
    public bool Take(string line)
    {
        if (line.StartsWith(ExportLines.Proof, StringComparison.Ordinal))
        {
            if (Begun) throw new FormatException("The proof stands behind the end.");
            proof = ExportLines.ProofOf(line);
            return true;
        }
        if (!line.StartsWith(ExportLines.End, StringComparison.Ordinal)) return false;
        if (last is not null) throw new FormatException("The end stands there twice.");
        try
        {
            var told = JsonElement.Parse(line).GetProperty("end");
            last = (told.GetProperty("events").GetInt64(), told.GetProperty("upTo").GetInt64());
            return true;
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException("The end does not say how many events there are.", fault);
        }
    }

    /// <summary>Compares what is there with what the portal noted.</summary>
    /// <param name="digest">Of all events that are there.</param>
    /// <param name="unsealed">How many of the last no seal covers.</param>
    /// <param name="upTo">Position of the last that one covers.</param>
    /// <param name="keys">The public keys.</param>
    public StoreFault? Compare(ExportDigest digest, long unsealed, long? upTo, SealKeys keys)
    {
        if (proof is null || last is not { } end)
            return Fault(StoreFaultKind.CutOff, "The end was cut off: the "
                + (proof is null ? "event by which the portal noted the export is gone" : "last line is gone")
                + (upTo is { } position ? $"; what is proven ends at position {position}." : "."));
        var report = ProofCheck.Run(proof, proof.Record, keys);
        if (report.Fault is not null) return report.Fault;
        if (proof.Record is not [var line] || ExportNotes.Of(line) is not { } notes)
            return Fault(StoreFaultKind.Removed,
                "The event by which the portal noted the export is gone: nothing says that this is all.");
        if (report.Unsealed > 0)
            remarks.Add("That these are all events that were given only the hash of the export's event says: it was not sealed "
                + "yet.");
        if (digest.Events != notes.Events)
            return Fault(digest.Events < notes.Events ? StoreFaultKind.Removed : StoreFaultKind.Inserted,
                $"{notes.Events} events were given, and {digest.Events} are here.");
        if (unsealed != notes.Unsealed)
            return Fault(StoreFaultKind.SealMissing,
                $"{notes.Unsealed} of the events had no seal when they were given, and {unsealed} have none here.");
        if (digest.SoFar != notes.Digest)
            return Fault(StoreFaultKind.Edited, unsealed > 0
                ? $"The last {unsealed} events, which were not sealed, are not those that were given, or not in their order."
                : "These are not the events that were given.");
        if (end != (notes.Events, notes.UpTo))
            return Fault(StoreFaultKind.FileChanged, "The last line says something else than when the export was made.");
        Notes = notes;
        return null;
    }

    private static StoreFault Fault(StoreFaultKind kind, string words) => new(kind, null, null, null, null, null, words);
}
