using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>The sessions of one machine over its shared connections. A lost connection is made anew when it is needed next,
/// after a pause that grows while the machine does not answer.</summary>
internal sealed class OpenSshChannels(
    SiteAddress address, RuntimeFolder folder, KeyAgent agent, string config, OpenSshSettings settings, TimeProvider clock) : IChannels
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _turns = new(
        settings.SessionsPerConnection * settings.ConnectionsPerSite, settings.SessionsPerConnection * settings.ConnectionsPerSite);
    private readonly SemaphoreSlim _connecting = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<Link> _links = [];
    private int _made;
    private int _failures;
    private bool _closed;
    private DateTimeOffset _notBefore;
    private PlaceException? _lastFault;

    /// <inheritdoc/>
    public async Task<Channel> OpenAsync(string script, CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel);
        Link? link = null;
        try
        {
            link = await ReserveAsync(cancel);
            var held = link;
            return new(held.Start(config, Wire.Line(script)), () => Release(held));
        }
        catch
        {
            if (link is null) _turns.Release();
            else Release(link);
            throw;
        }
    }

    /// <summary>Makes sure that there is a connection.</summary>
    public async Task ConnectAsync(CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel);
        try
        {
            var link = await ReserveAsync(cancel);
            lock (_lock) link.Sessions--;
        }
        finally
        {
            _turns.Release();
        }
    }

    private void Release(Link link)
    {
        lock (_lock) link.Sessions--;
        _turns.Release();
    }

    private async Task<Link> ReserveAsync(CancellationToken cancel)
    {
        if (Free() is { } free) return free;
        await _connecting.WaitAsync(cancel);
        try
        {
            if (Free() is { } since) return since;
            ObjectDisposedException.ThrowIf(_closed, typeof(ISite));
            if (_lastFault is { } fault && clock.GetUtcNow() < _notBefore) 
                throw new PlaceException(fault.Kind, fault.Failure, fault) { JumpHost = fault.JumpHost };
            await DropDeadAsync();
            var link = await MakeAsync(cancel);
            lock (_lock)
            {
                link.Sessions++;
                _links.Add(link);
            }
            return link;
        }
        finally
        {
            _connecting.Release();
        }
    }

    private Link? Free()
    {
        lock (_lock)
        {
            var link = _links.Find(link => link.Alive && link.Sessions < link.Most);
            if (link is not null) link.Sessions++;
            return link;
        }
    }

    private async Task<Link> MakeAsync(CancellationToken cancel)
    {
        var control = folder[string.Create(CultureInfo.InvariantCulture, $"c{++_made}")];
        try
        {
            var link = await Link.OpenAsync(address, config, control, settings, cancel);
            (_failures, _lastFault) = (0, null);
            return link;
        }
        catch (PlaceException fault) when (fault.Failure.Name == FailureName.Unreachable)
        {
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, _failures++)));
            (_lastFault, _notBefore) = (fault, clock.GetUtcNow() + pause);
            throw;
        }
    }

    private async Task DropDeadAsync()
    {
        List<Link> dead;
        lock (_lock)
        {
            dead = _links.FindAll(link => !link.Alive);
            _links.RemoveAll(dead.Contains);
        }
        foreach (var link in dead) await link.DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connecting.WaitAsync(CancellationToken.None);
        try
        {
            _closed = true;
            List<Link> all;
            lock (_lock)
            {
                all = [.. _links];
                _links.Clear();
            }
            foreach (var link in all) await link.DisposeAsync();
            await agent.DisposeAsync();
            folder.Dispose();
        }
        finally
        {
            _connecting.Release();
        }
    }
}
