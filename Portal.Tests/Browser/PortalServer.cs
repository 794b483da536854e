using System.Diagnostics;
using System.Text;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.Fixtures.Replays;

namespace Portal.Tests.Browser;

/// <summary>Portal.Web as a process of its own, on a free port of the loopback; can be killed and started again on the same port.
/// When it ends, nothing that it leaves behind holds a secret, and its read models can be made again.</summary>
public sealed class PortalServer : IAsyncDisposable
{
    private readonly Dictionary<string, string> settings;
    private readonly StringBuilder output = new();
    private readonly string recording = Directory.CreateTempSubdirectory("portal-recording-").FullName;
    private Process? process;

    private PortalServer(Dictionary<string, string> settings) => this.settings = settings;

    /// <summary>Its address, without a slash at the end.</summary>
    public string Address { get; private set; } = "http://127.0.0.1:0";

    /// <summary>What it has written so far.</summary>
    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    /// <summary>Where it leaves something behind.</summary>
    public Places Places => new(settings["Portal__Database"], settings["Portal__DataFolder"], [recording], Output);

    /// <summary>Starts it with a database and a data folder; further settings by their names in the environment.</summary>
    public static async Task<PortalServer> StartAsync(
        string database, string dataFolder, IReadOnlyDictionary<string, string>? more, CancellationToken cancel)
    {
        var server = new PortalServer(new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Portal__Database"] = database,
            ["Portal__DataFolder"] = dataFolder,
            // All come from one address, and sign up by the dozen.
            ["Portal__Limits__Accounts"] = "0",
            ["Portal__Limits__WrongTries"] = "0",
            ["Portal__Outgoing__Allow"] = Reach.Here,
            ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
            ["Logging__Console__FormatterName"] = "simple",
        });
        await server.StartAsync(cancel);
        if (database.Length > 0) ReplayCount.Begin(database);
        return server;
    }

    /// <summary>Ends it as with kill -9; what it started is ended too, unless that is to be seen to end by itself.</summary>
    public async Task KillAsync(bool entireTree = true)
    {
        process!.Kill(entireTree);
        await process.WaitForExitAsync();
    }

    /// <summary>Starts it again where it was.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var folder = Path.Combine(Root(), "Portal.Web");
        // The same configuration and framework as these tests: bin/Debug/net10.0.
        var flavour = Path.GetRelativePath(Path.Combine(Root(), "Portal.Tests"), AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, flavour, "Portal.Web.dll")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = Address;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(Recorder).Assembly.Location;
        start.Environment[Recorder.Variable] = recording;
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The portal ended:\n{Output}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(TimeSpan.FromMinutes(2), cancel);

        void Heard(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.AppendLine(line);
            const string word = "Now listening on: ";
            if (line.IndexOf(word, StringComparison.Ordinal) is var at and >= 0)
                listening.TrySetResult(line[(at + word.Length)..].Trim());
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAsync();
        process?.Dispose();
        await LeakScan.NoneAsync(Places);
        var archives = settings.GetValueOrDefault("Portal__Archives__Folder", "");
        if (Places.Database.Length > 0)
        {
            await Replay.SameAsync(Places.Database, archives);
            return;
        }
        // Its own database ended with it.
        await using var own = await PrivatePostgres.StartAsync(Path.Combine(Places.DataFolder, "postgres"), null, null, default);
        await Replay.SameAsync(own.ConnectionString, archives);
    }

    /// <summary>The folder of the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Portal.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
