using Portal.EventStore;

namespace Portal.Cli.Audit;

/// <summary>What a verification of an export found.</summary>
/// <param name="Events">How many events were looked at.</param>
/// <param name="Proven">The last seal that covers one of them; null where none does.</param>
/// <param name="Unsealed">How many of the last only their chain speaks for.</param>
/// <param name="Files">How many files are as they were when the export was made.</param>
/// <param name="Remarks">What is no fault, and yet somebody should know.</param>
/// <param name="Fault">The first that is not as it was; null where all is.</param>
public sealed record ExportReport(
    long Events, Seal? Proven, long Unsealed, long Files, IReadOnlyList<string> Remarks, StoreFault? Fault)
{
    /// <summary>Position of the last event that a seal covers, of an export of events.</summary>
    public long? UpTo { get; init; }

    /// <summary>What there is of each stream, of a run that was taken away.</summary>
    public IReadOnlyList<ProvenStream> Streams { get; init; } = [];

    /// <summary>What the portal noted of an export of events.</summary>
    public ExportNotes? Notes { get; init; }

    /// <summary>Whether everything is as it was.</summary>
    public bool Holds => Fault is null;
}
