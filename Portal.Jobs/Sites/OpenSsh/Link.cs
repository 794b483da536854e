using System.Diagnostics;
using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>One connection to a machine, shared by several sessions (ssh_config(5), ControlMaster). A jump host before it has a
/// link of its own, so that each host is checked, and named when it fails, as the machine itself is.</summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly Process _master;
    private readonly Task<string> _words;
    private readonly SiteAddress _address;
    private readonly Link? _through;
    private int _ending;

    private Link(Process master, string control, SiteAddress address, Link? through) =>
        (_master, Control, _address, _through, _words) =
        (master, control, address, through, Channel.ReadTailAsync(master.StandardError.BaseStream));

    /// <summary>The path of its socket.</summary>
    public string Control { get; }

    /// <summary>Sessions open or being opened. Guarded by the owner.</summary>
    public int Sessions { get; set; }

    /// <summary>Most sessions it may carry.</summary>
    public int Most { get; init; }

    /// <summary>Whether it can carry anything.</summary>
    public bool Alive => _ending == 0 && !_master.HasExited;

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="PlaceException">Why it did not come up.</exception>
    public static async Task<Link> OpenAsync(SiteAddress address, string config, string control, OpenSshSettings settings,
        CancellationToken cancel)
    {
        if (address.HostKeys.Count == 0) throw SshWords.HostKey(address, "not asked for");
        if (address.Through is { } before)
        {
            var through = await OpenAsync(before, config, control + "j", settings, cancel);
            return await LoginAsync(address, through, through.Passing(config, address), config, control, settings, cancel);
        }
        // One after the other, as ssh does it by itself; the pinned key stands under another name than the host's.
        var reached = new Queue<string>(await FirstHop.ReachAsync(address, settings, cancel));
        while (true)
        {
            try
            {
                string[] way = ["-o", $"HostName={reached.Dequeue()}"];
                return await LoginAsync(address, null, way, config, control, settings, cancel);
            }
            catch (PlaceException fault) when (fault.Failure.Name == FailureName.Unreachable && reached.Count > 0)
            {
                continue;
            }
        }
    }

    private static async Task<Link> LoginAsync(SiteAddress address, Link? through, IReadOnlyList<string> way, string config,
        string control, OpenSshSettings settings, CancellationToken cancel)
    {
        // The local command runs once the login is done and the socket listens: its word is the sign that sessions may come.
        var master = Guarded.Start(["ssh", "-F", config, "-n", "-N", "-M", "-S", control, "-o", "ControlPersist=no",
            "-o", "PermitLocalCommand=yes", "-o", "LocalCommand=echo up",
            .. way, ClientConfig.Alias(address)]);
        var link = new Link(master, control, address, through) { Most = settings.SessionsPerConnection };
        var limit = settings.ConnectLimit;
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(limit + TimeSpan.FromSeconds(1));
        try
        {
            if (await master.StandardOutput.ReadLineAsync(limited.Token) == "up") return link;
            var words = await link._words;
            if (string.IsNullOrWhiteSpace(words)) words = await DisagreementAsync(address, config, way, cancel);
            throw SshWords.Read(words, address);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await link.DisposeAsync();
            throw SshWords.Unreachable(address, string.Create(CultureInfo.InvariantCulture, $"No login within {limit.TotalSeconds} s."));
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }
    }

    // What the two sides have no common cipher for, ssh tells on the level INFO alone; so it does with a banner, which comes later.
    private static async Task<string> DisagreementAsync(
        SiteAddress address, string config, IReadOnlyList<string> way, CancellationToken cancel)
    {
        var asked = await HostKeyScan.AskAsync("ssh", ["-F", config, "-n", "-S", "none", "-o", "LogLevel=INFO",
            "-o", "PreferredAuthentications=none", .. way, ClientConfig.Alias(address), "true"], cancel);
        return asked.Error.Split('\n').FirstOrDefault(line => line.StartsWith("Unable to negotiate", StringComparison.Ordinal)) ?? "";
    }

    /// <summary>Starts a session that runs a command line. It never makes a connection of its own.</summary>
    public Process Start(string config, string line)
    {
        var process = Spawn.Start("ssh", [.. Shared(config), ClientConfig.Alias(_address), line]);
        Spawn.Widen(process);
        return process;
    }

    /// <summary>Arguments that let ssh reach another host through this one (ssh_config(5), ProxyCommand, which is a shell's
    /// line).</summary>
    public IReadOnlyList<string> Passing(string config, SiteAddress behind)
    {
        var host = behind.Host.Contains(':', StringComparison.Ordinal) ? $"[{behind.Host}]" : behind.Host;
        var command = Shell.QuoteAll(["ssh", .. Shared(config), "-W",
            string.Create(CultureInfo.InvariantCulture, $"{host}:{behind.Port}"), ClientConfig.Alias(_address)]);
        return ["-o", "ProxyCommand=" + command.Replace("%", "%%", StringComparison.Ordinal)];
    }

    // Should the connection be gone, none is made in its place.
    private string[] Shared(string config) => ["-F", config, "-S", Control, "-o", "ControlMaster=no", "-o", "ProxyCommand=false"];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ending, 1) != 0) return;
        await Guarded.EndAsync(_master);
        await _words;
        if (_through is not null) await _through.DisposeAsync();
    }
}
