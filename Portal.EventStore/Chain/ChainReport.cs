namespace Portal.EventStore;

/// <summary>What a verification of hash chains found.</summary>
/// <param name="Streams">How many streams were looked at.</param>
/// <param name="Events">How many events.</param>
/// <param name="Faults">The first bad event of each stream that has one.</param>
public sealed record ChainReport(long Streams, long Events, IReadOnlyList<ChainFault> Faults)
{
    /// <summary>Whether every chain holds.</summary>
    public bool Holds => Faults.Count == 0;
}

/// <summary>The first event of a stream that is not what was recorded.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its number there: of the event found, or of the one missing.</param>
/// <param name="Position">Position of the event found at which it shows.</param>
/// <param name="Id">Id of that event.</param>
/// <param name="Cause">In plain words.</param>
public sealed record ChainFault(string Stream, long Version, long Position, Guid Id, string Cause);
