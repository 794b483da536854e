using Portal.Jobs.Addresses;

namespace Portal.Jobs.Code;

/// <summary>Limits for code from git.</summary>
/// <param name="Scratch">Folder below which temporary folders are made.</param>
/// <param name="TimeLimit">Time for one command of git.</param>
/// <param name="MaxFiles">Files that a folder of code may have.</param>
/// <param name="MaxBytes">Bytes that they may have in all.</param>
/// <param name="LocalRepositories">Whether a repository may be a folder of the portal's own machine: for tests and demonstrations.</param>
public sealed record CodeSettings(string Scratch, TimeSpan TimeLimit, int MaxFiles, long MaxBytes, bool LocalRepositories)
{
    /// <summary>The system's temporary folder, ten minutes, 10,000 files, 512 MiB, no local repositories.</summary>
    public static CodeSettings Default { get; } = new(Path.GetTempPath(), TimeSpan.FromMinutes(10), 10_000, 512L << 20, false);

    /// <summary>Where repositories may be.</summary>
    public OutgoingGate Outgoing { get; init; } = OutgoingGate.Default;
}
