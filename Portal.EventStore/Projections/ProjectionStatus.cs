namespace Portal.EventStore;

/// <summary>How far a projection has come.</summary>
/// <param name="Name">Name of its table.</param>
/// <param name="Version">Version of the rows as they stand.</param>
/// <param name="Inline">Written with the events themselves and so never behind.</param>
/// <param name="Position">Position of the last event it has seen.</param>
/// <param name="LastPosition">Position of the last event there is to see.</param>
/// <param name="Updated">When it last moved, UTC.</param>
/// <param name="Failures">How often in a row the next event was tried in vain.</param>
/// <param name="Error">Why; null while all is well.</param>
public sealed record ProjectionStatus(string Name, int Version, bool Inline, long Position, long LastPosition,
    DateTimeOffset Updated, int Failures, string? Error)
{
    /// <summary>Whether it has seen everything.</summary>
    public bool CaughtUp => Inline || Position == LastPosition;
}
