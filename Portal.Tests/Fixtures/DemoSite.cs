namespace Portal.Tests.Fixtures;

/// <summary>
/// A demo site (site/up) in a temporary folder. It ends with <see cref="DisposeAsync"/>, and by itself when the test
/// process is gone.
/// </summary>
public sealed class DemoSite : IAsyncDisposable
{
    private int folders;

    private DemoSite(SiteFacts facts) => Facts = facts;

    /// <summary>Where everything is. Ports stay the same as long as the site lives.</summary>
    public SiteFacts Facts { get; }

    public string Dir => Facts.Dir;

    /// <summary>
    /// Starts a site of one's own in a new temporary folder. With <paramref name="small"/> (a size such as "8m") it has a disk
    /// of that size at <see cref="SiteFacts.SmallFolder"/>, to be filled.
    /// </summary>
    public static async Task<DemoSite> StartAsync(int minJobAge = 300, string? small = null, CancellationToken cancel = default)
    {
        var folder = Path.Combine(Path.GetTempPath(), "portal-site-" + Path.GetRandomFileName());
        List<string> options = ["--with-pid", $"{Environment.ProcessId}", "--min-job-age", $"{minJobAge}"];
        if (small is not null) options.AddRange(["--small", small]);
        _ = (await ScriptAsync("up", [.. options, folder], cancel: cancel)).Text;
        return new DemoSite(SiteFacts.Read(folder));
    }

    /// <summary>Runs one of the scripts in site/ on a folder.</summary>
    public static Task<CommandOutcome> ScriptAsync(
        string name, IEnumerable<string> arguments, string input = "", CancellationToken cancel = default) =>
        SiteCommand.RunAsync(Repository.PathOf("site", name), arguments, input, cancel: cancel);

    /// <summary>Runs a shell command as the site's user, without a login: unharmed by hooks and by a dead sshd.</summary>
    public Task<CommandOutcome> RunAsync(string command, string input = "", CancellationToken cancel = default) =>
        ScriptAsync("run", [Dir, command], input, cancel);

    /// <summary>Lets the owner of a key log in: one line as it stands in authorized_keys.</summary>
    public async Task AuthorizeAsync(string publicKeyLine, CancellationToken cancel = default) =>
        _ = (await RunAsync($"cat >> {Facts.AuthorizedKeys}", publicKeyLine.Trim() + "\n", cancel)).Text;

    /// <summary>A new empty folder on the machine, below the user's home.</summary>
    public async Task<string> FolderAsync(string name, CancellationToken cancel = default)
    {
        var folder = $"{Facts.Home}/portal/tests/{name}-{Interlocked.Increment(ref folders)}";
        _ = (await RunAsync($"mkdir -p '{folder}'", cancel: cancel)).Text;
        return folder;
    }

    /// <summary>Writes a file as the site's user; the folders above it are made.</summary>
    public async Task WriteAsync(string path, string content, string mode = "644", CancellationToken cancel = default) =>
        _ = (await RunAsync(
            $"mkdir -p \"$(dirname '{path}')\" && cat > '{path}.new' && chmod {mode} '{path}.new' && mv '{path}.new' '{path}'",
            content, cancel)).Text;

    /// <summary>Stops, kills, pauses, resumes, drops (sshd) or starts a part; see site/README.md for actions and names.</summary>
    public async Task ControlAsync(string action, string part, CancellationToken cancel = default) =>
        _ = (await ScriptAsync("ctl", [Dir, action, part], cancel: cancel)).Text;

    /// <summary>
    /// Puts a program of one's own before the real one in every login's PATH, until disposed. The script finds the real one
    /// at /usr/bin.
    /// </summary>
    public async Task<IAsyncDisposable> FakeAsync(string program, string script, CancellationToken cancel = default)
    {
        await WriteAsync($"{Facts.Bin}/{program}", script, "755", cancel);
        return new Undo(() => RunAsync($"rm -f {Facts.Bin}/{program}"));
    }

    /// <summary>Shell lines that every login reads first (a banner, a limit, a refusal), until disposed.</summary>
    public async Task<IAsyncDisposable> LoginHookAsync(string script, CancellationToken cancel = default)
    {
        await WriteAsync(Facts.LoginHook, script, cancel: cancel);
        return new Undo(() => RunAsync($"rm -f {Facts.LoginHook}"));
    }

    public async ValueTask DisposeAsync() => await ScriptAsync("down", ["--remove", Dir]);

    private sealed class Undo(Func<Task<CommandOutcome>> action) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => _ = (await action()).Text;
    }
}
