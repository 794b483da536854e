using System.Diagnostics;
using System.Text.Json;

namespace Portal.Benchmarks.Ground;

/// <summary>A demo site of the benchmark's own, in a temporary folder: Slurm, sshd, an FTP server. It ends with the benchmark.</summary>
public sealed class DemoSite : IAsyncDisposable
{
    private readonly string folder;
    private readonly JsonElement facts;

    private DemoSite(string folder)
    {
        this.folder = folder;
        facts = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "site.json")));
    }

    /// <summary>A value of site.json.</summary>
    public string this[string name] => facts.GetProperty(name).ToString();

    /// <summary>sshd's port.</summary>
    public int SshPort => facts.GetProperty("sshPort").GetInt32();

    /// <summary>The password of the FTP server's user.</summary>
    public string FtpPassword => File.ReadAllText(this["ftpPasswordFile"]).Trim();

    /// <summary>Starts it; about five seconds.</summary>
    public static async Task<DemoSite> StartAsync(CancellationToken cancel)
    {
        var folder = Path.Combine(Path.GetTempPath(), "portal-bench-site-" + Path.GetRandomFileName());
        await ToolAsync(Script("up"), ["--with-pid", $"{Environment.ProcessId}", folder], "", cancel);
        return new(folder);
    }

    /// <summary>Lets the owner of a key log in.</summary>
    public void Authorize(string publicKey) => File.AppendAllText(this["authorizedKeys"], publicKey.Trim() + "\n");

    /// <summary>Runs a shell command as the site's user, without a login.</summary>
    public Task<string> RunAsync(string command, CancellationToken cancel) => ToolAsync(Script("run"), [folder, command], "", cancel);

    /// <summary>Runs a program; its output, or what it complained about as an exception.</summary>
    public static async Task<string> ToolAsync(string program, IEnumerable<string> arguments, string input, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0 ? await output
                : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error}{await output}");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Ends it and removes its folder.</summary>
    public async ValueTask DisposeAsync() => await ToolAsync(Script("down"), ["--remove", folder], "", CancellationToken.None);

    /// <summary>A path in the repository that the benchmark runs from.</summary>
    public static string Repository(params string[] parts)
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
            if (File.Exists(Path.Combine(at, "Portal.sln"))) return Path.Combine([at, .. parts]);
        throw new InvalidOperationException("The benchmarks run from inside the repository.");
    }

    private static string Script(string name) => Repository("site", name);
}
