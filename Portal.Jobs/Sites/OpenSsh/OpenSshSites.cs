using Portal.Domain.Machines;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>Machines by the OpenSSH client. Sweeps away what a killed portal left behind when it is made.</summary>
public sealed class OpenSshSites : ISites
{
    private readonly OpenSshSettings _settings;
    private readonly TimeProvider _clock;

    /// <summary>Makes it.</summary>
    public OpenSshSites(OpenSshSettings settings, TimeProvider clock)
    {
        (_settings, _clock) = (settings, clock);
        RuntimeFolder.Sweep(settings.RuntimeFolder);
    }

    /// <inheritdoc/>
    public async Task<ISite> ConnectAsync(SiteAddress address, PrivateKey key, CancellationToken cancel)
    {
        using var owned = key;
        var folder = RuntimeFolder.Make(_settings.RuntimeFolder);
        KeyAgent? agent = null;
        try
        {
            agent = await KeyAgent.StartAsync(folder, key, _settings.KeyLifetime, cancel);
            var config = ClientConfig.Write(folder, address, agent.PublicKey, _settings);
            var channels = new OpenSshChannels(address, folder, agent, config, _settings, _clock);
            await channels.ConnectAsync(cancel);
            return new ShellSite(channels, _settings.ShellsPerSite);
        }
        catch
        {
            if (agent is not null) await agent.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HostKey>> ScanAsync(SiteAddress address, PrivateKey? key, CancellationToken cancel)
    {
        if (address.Through is not { } through) return await HostKeyScan.RunAsync(address, _settings, cancel);
        using var owned = key
            ?? throw new ArgumentNullException(nameof(key), "Nothing behind a jump host can be seen without a login there.");
        using var folder = RuntimeFolder.Make(_settings.RuntimeFolder);
        await using var agent = await KeyAgent.StartAsync(folder, owned, _settings.KeyLifetime, cancel);
        var config = ClientConfig.Write(folder, through, agent.PublicKey, _settings);
        await using var link = await Link.OpenAsync(through, config, folder["c"], _settings, cancel);
        return await HiddenKeyScan.RunAsync(address, link.Passing(config, address), folder, _settings, cancel);
    }
}
