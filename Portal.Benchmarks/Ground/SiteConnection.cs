using Portal.Jobs.Sites;
using Portal.Jobs.Sites.OpenSsh;

namespace Portal.Benchmarks.Ground;

/// <summary>The portal's own connection to a demo site, without the portal around it.</summary>
public static class SiteConnection
{
    /// <summary>The demo site is on this machine, which nobody reaches where nothing is configured.</summary>
    public const string Here = "*,127.0.0.0/8";

    /// <summary>Connects with a new key.</summary>
    public static async Task<ISite> OpenAsync(DemoSite site, CancellationToken cancel)
    {
        var settings = new OpenSshSettings { Outgoing = new(new() { Allow = Here }) };
        var pair = await new OpenSshKeyForge(settings).CreateAsync("portal-bench", cancel);
        site.Authorize(pair.PublicKey);
        var sites = new OpenSshSites(settings, TimeProvider.System);
        var address = new SiteAddress(site["host"], site.SshPort, site["user"], []);
        var keys = await sites.ScanAsync(address, null, cancel);
        return await sites.ConnectAsync(address with { HostKeys = keys }, new(pair.PrivateKey), cancel);
    }
}

/// <summary>Counts the commands that a site is asked to run.</summary>
public sealed class CountingSite(ISite site) : ISite
{
    /// <summary>Commands so far.</summary>
    public int Commands { get; set; }

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(string command, TimeSpan limit, CancellationToken cancel)
    {
        Commands++;
        return site.RunAsync(command, limit, cancel);
    }

    /// <inheritdoc/>
    public Task<FileStat?> StatAsync(string path, CancellationToken cancel) => site.StatAsync(path, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel) => site.ListAsync(folder, cancel);

    /// <inheritdoc/>
    public Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel) => site.ReadAsync(path, offset, cancel);

    /// <inheritdoc/>
    public Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel) =>
        site.AppendAsync(path, offset, content, cancel);

    /// <inheritdoc/>
    public Task<string?> HashAsync(string path, long? length, CancellationToken cancel) => site.HashAsync(path, length, cancel);

    /// <inheritdoc/>
    public Task MakeFolderAsync(string folder, CancellationToken cancel) => site.MakeFolderAsync(folder, cancel);

    /// <inheritdoc/>
    public Task RenameAsync(string from, string to, CancellationToken cancel) => site.RenameAsync(from, to, cancel);

    /// <inheritdoc/>
    public Task RemoveAsync(string path, CancellationToken cancel) => site.RemoveAsync(path, cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => site.DisposeAsync();
}
