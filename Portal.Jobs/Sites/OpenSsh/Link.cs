using System.Diagnostics;
using System.Globalization;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>One connection to a machine, shared by several sessions (ssh_config(5), ControlMaster).</summary>
internal sealed class Link : IAsyncDisposable
{
    private readonly Process _master;
    private readonly Task<string> _words;
    private int _ending;

    private Link(Process master, string control, Task<string> words) => (_master, Control, _words) = (master, control, words);

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
        // The local command runs once the login is done and the socket listens: its word is the sign that sessions may come.
        var master = Guarded.Start(["ssh", "-F", config, "-n", "-N", "-M", "-S", control, "-o", "ControlPersist=no",
            "-o", "PermitLocalCommand=yes", "-o", "LocalCommand=echo up", ClientConfig.Target]);
        var words = Channel.ReadTailAsync(master.StandardError.BaseStream);
        var link = new Link(master, control, words) { Most = settings.SessionsPerConnection };
        // Every host on the way has the limit to itself.
        var limit = settings.ConnectLimit * (1 + address.JumpHosts.Count);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(limit + TimeSpan.FromSeconds(1));
        try
        {
            if (await master.StandardOutput.ReadLineAsync(limited.Token) == "up") return link;
            throw SshWords.Read(await words, address);
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

    /// <summary>Starts a session that runs a command line. It never makes a connection of its own.</summary>
    public Process Start(string config, string line)
    {
        var process = Spawn.Start("ssh", ["-F", config, "-S", Control, "-o", "ControlMaster=no", "-o", "ProxyJump=none",
            "-o", "ProxyCommand=false", ClientConfig.Target, line]);
        Spawn.Widen(process);
        return process;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _ending, 1) != 0) return;
        await Guarded.EndAsync(_master);
        await _words;
    }
}
