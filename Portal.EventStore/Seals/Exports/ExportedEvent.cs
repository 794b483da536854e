namespace Portal.EventStore;

/// <summary>An event of an export as a verification keeps it until its seal comes.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Stream">Its stream.</param>
/// <param name="Version">Its number there.</param>
/// <param name="Id">Its id.</param>
/// <param name="Hash">The hash that follows from what it says; zeros where none does.</param>
/// <param name="Good">Whether that is the hash that stands beside it.</param>
internal readonly record struct ExportedEvent(long Position, string Stream, long Version, Guid Id, byte[] Hash, bool Good)
{
    private static readonly byte[] None = new byte[32];

    /// <summary>That of a line.</summary>
    public static ExportedEvent Of(EventLine line)
    {
        var hash = line.Follows();
        return new(line.Position, line.Stream, line.Version, line.Id, hash ?? None,
            hash is not null && Convert.ToHexStringLower(hash) == line.Hash);
    }

    /// <summary>What is wrong with it.</summary>
    public StoreFault Fault(StoreFaultKind kind, string words, long? seal = null) =>
        new(kind, Position, Stream, Version, Id, seal, $"The event at position {Position} ({Stream} version {Version}) {words}.");
}
