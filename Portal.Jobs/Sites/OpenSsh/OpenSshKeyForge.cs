using Portal.Domain.Credentials;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>Makes Ed25519 pairs by ssh-keygen(1), which writes files: into a folder in memory, removed at once.</summary>
public sealed class OpenSshKeyForge(OpenSshSettings settings) : IKeyForge
{
    /// <inheritdoc/>
    public async Task<KeyPair> CreateAsync(string comment, CancellationToken cancel)
    {
        if (comment.Any(char.IsControl)) throw new ArgumentException("A comment is one line of text.", nameof(comment));
        using var folder = RuntimeFolder.Make(settings.RuntimeFolder);
        using var process = Spawn.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", folder["key"]]);
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardOutput.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode != 0) throw new InvalidOperationException("ssh-keygen failed: " + await error);
        }
        finally
        {
            Spawn.End(process);
        }
        var line = (await File.ReadAllTextAsync(folder["key.pub"], cancel)).Trim();
        return new(line, HostKeyScan.Fingerprint(Convert.FromBase64String(line.Split(' ')[1])),
            await File.ReadAllBytesAsync(folder["key"], cancel));
    }
}
