using Portal.EventStore;

namespace Portal.Jobs.Audit;

/// <summary>The public keys of the seals, as far as this node knows them.</summary>
/// <param name="keyFile">The file of its own key; a node that does not seal may have none.</param>
/// <param name="otherKeysFile">A file of others, PEM; empty for none.</param>
public sealed class PublicKeys(string keyFile, string otherKeysFile)
{
    /// <summary>All of them as PEM; nothing where none is known.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public async Task<string> ReadAsync(CancellationToken cancel)
    {
        var keys = "";
        if (File.Exists(keyFile))
        {
            using var own = SealKey.LoadOrCreate(keyFile);
            keys = own.PublicPem;
        }
        return otherKeysFile.Length > 0 ? keys + await File.ReadAllTextAsync(otherKeysFile, cancel) : keys;
    }
}
