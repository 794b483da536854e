using Portal.EventStore;

namespace Portal.Jobs.Audit.Places;

/// <summary>A place off the machine that seals are written to, each once and in order.</summary>
public interface ISealPlace
{
    /// <summary>What it is called in the log; never with a secret.</summary>
    string Name { get; }

    /// <summary>The largest number of a seal that lies there; 0 where there is none.</summary>
    /// <param name="last">The last that there is at all.</param>
    /// <param name="cancel">Gives up.</param>
    Task<long> HighestAsync(long last, CancellationToken cancel);

    /// <summary>Writes a seal, whole or not at all. One that lies there already stays as it is.</summary>
    Task WriteAsync(KeptSeal seal, CancellationToken cancel);
}

/// <summary>A folder.</summary>
/// <param name="path">Where.</param>
public sealed class FolderPlace(string path) : ISealPlace
{
    private readonly SealFolder folder = new(path);

    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public Task<long> HighestAsync(long last, CancellationToken cancel) => Task.FromResult(folder.Highest());

    /// <inheritdoc/>
    public Task WriteAsync(KeptSeal seal, CancellationToken cancel) => folder.WriteAsync(seal, cancel);
}
