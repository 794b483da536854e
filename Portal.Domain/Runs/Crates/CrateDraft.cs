using System.Security.Cryptography;
using Portal.Domain.Common;

namespace Portal.Domain.Runs.Crates;

/// <summary>A run that is about to be taken away.</summary>
/// <param name="Source">The run.</param>
/// <param name="Results">Results that have arrived: their place in the plan, name, size and hash.</param>
/// <param name="Related">Positions of events elsewhere that belong to it (<see cref="RelatedEvents"/>), where they are
/// wanted.</param>
public sealed record CrateDraft(CrateSource Source, IReadOnlyList<(int Index, string Name, long Size, string Sha256)> Results,
    IReadOnlyList<long> Related)
{
    /// <summary>Its stream, with the version that it had.</summary>
    internal (string Stream, long Version) Stream =>
        (Ledger.StreamOf<Run>(Source.Request.RunId.Value), Source.History.Run.Version);
}

/// <summary>A file of a crate with its bytes.</summary>
public sealed record CrateEntry(string Path, byte[] Bytes)
{
    /// <summary>What is told of it.</summary>
    public CrateFile File => new(Path, Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(Bytes)));
}
