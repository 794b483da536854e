using System.Text.Json.Serialization;

namespace Portal.EventStore;

/// <summary>What was done to a store.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StoreFaultKind>))]
public enum StoreFaultKind
{
    /// <summary>An event says something else than when it was sealed, or its hash does not follow from what it says.</summary>
    Edited,

    /// <summary>An event is gone.</summary>
    Removed,

    /// <summary>An event stands there that was not when its place was sealed.</summary>
    Inserted,

    /// <summary>Events stand in another order.</summary>
    Reordered,

    /// <summary>The last events that were sealed are gone.</summary>
    CutOff,

    /// <summary>A seal says something else than what was signed, or its list does not give its root.</summary>
    SealChanged,

    /// <summary>A seal is gone.</summary>
    SealMissing,

    /// <summary>A seal is signed by a key that was not given.</summary>
    KeyUnknown,

    /// <summary>A file of an export says something else than when it was made.</summary>
    FileChanged,

    /// <summary>A file of an export is gone.</summary>
    FileMissing,

    /// <summary>A file stands in an export that was not there when it was made.</summary>
    FileAdded,
}

/// <summary>The first thing in a store that is not as it was sealed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Position of the event, where it is about one.</param>
/// <param name="Stream">Its stream, where that is known: of an event that is gone only the position is.</param>
/// <param name="Version">Its number there.</param>
/// <param name="Id">Its id.</param>
/// <param name="Seal">Number of the seal that shows it; null where a chain alone does.</param>
/// <param name="Words">The same as a sentence.</param>
public sealed record StoreFault(
    StoreFaultKind Kind, long? Position, string? Stream, long? Version, Guid? Id, long? Seal, string Words);

/// <summary>What a verification of a whole store found.</summary>
/// <param name="Events">How many events were looked at.</param>
/// <param name="Proven">The last seal of which everything is as it was; null where there is none.</param>
/// <param name="Unsealed">How many events behind the last seal only their chains speak for: that the last of a stream were cut
/// off does not show there.</param>
/// <param name="Fault">The first that is not as it was; null where all is.</param>
public sealed record StoreReport(long Events, Seal? Proven, long Unsealed, StoreFault? Fault)
{
    /// <summary>What is no fault, and yet somebody should know.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>How many of the events have their contents in archives.</summary>
    public long Archived { get; init; }

    /// <summary>Whether everything is as it was.</summary>
    public bool Holds => Fault is null;
}
