using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.Local;

/// <summary>The portal's own machine as a site, by its own /bin/sh.</summary>
public static class LocalSites
{
    /// <summary>A site on this machine, as the user that the portal runs as.</summary>
    public static ISite Open() => new ShellSite(new LocalChannels());

    private sealed class LocalChannels : IChannels
    {
        public Task<Channel> OpenAsync(string script, CancellationToken cancel)
        {
            cancel.ThrowIfCancellationRequested();
            // setsid as sshd does it: everything a shell started can be ended by its process group.
            var process = Spawn.Start("setsid", ["/bin/sh", "-c", "cd; " + script]);
            Spawn.Widen(process);
            return Task.FromResult(new Channel(process, static () => { }));
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
