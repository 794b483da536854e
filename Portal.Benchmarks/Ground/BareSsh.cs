using System.Diagnostics;

namespace Portal.Benchmarks.Ground;

/// <summary>The plain OpenSSH client against a site: what the portal is compared with. One shared connection, with the cipher that
/// the portal prefers, and a key of its own.</summary>
public sealed class BareSsh : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-bench-ssh-").FullName;
    private readonly DemoSite site;
    private Process? master;

    private BareSsh(DemoSite site) => this.site = site;

    /// <summary>Makes a key, lets it in, and connects.</summary>
    public static async Task<BareSsh> ConnectAsync(DemoSite site, CancellationToken cancel)
    {
        var bare = new BareSsh(site);
        await DemoSite.ToolAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", $"{bare.folder}/key"], "", cancel);
        await File.WriteAllTextAsync($"{bare.folder}/known_hosts", $"[{site["host"]}]:{site.SshPort} {site["hostKey"]}\n", cancel);
        site.Authorize(await File.ReadAllTextAsync($"{bare.folder}/key.pub", cancel));
        bare.master = Process.Start(new ProcessStartInfo("ssh", [.. bare.Options("yes"), "-n", "-N", "-o", "PermitLocalCommand=yes",
            "-o", "LocalCommand=echo up", bare.Target]) { RedirectStandardOutput = true })!;
        return await bare.master.StandardOutput.ReadLineAsync(cancel) == "up" ? bare
            : throw new InvalidOperationException("The plain client cannot connect.");
    }

    /// <summary>Its command line up to the remote command, for a shell.</summary>
    public string CommandLine => string.Join(' ', [.. Options("no").Prepend("ssh").Append(Target)]);

    /// <summary>A long-lived remote shell.</summary>
    public BareShell Shell() => new(Process.Start(new ProcessStartInfo("ssh", [.. Options("no"), Target, "/bin/sh"])
    {
        RedirectStandardInput = true, RedirectStandardOutput = true,
    })!);

    private string Target => $"{site["user"]}@{site["host"]}";

    private string[] Options(string isMaster) =>
    [
        "-F", "none", "-i", $"{folder}/key", "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-o", $"UserKnownHostsFile={folder}/known_hosts",
        "-o", "LogLevel=ERROR", "-o", "Ciphers=aes128-gcm@openssh.com", "-o", $"ControlPath={folder}/control", "-o", $"ControlMaster={isMaster}",
        "-p", $"{site.SshPort}",
    ];

    /// <summary>Hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        if (master is not null)
        {
            master.Kill();
            await master.WaitForExitAsync();
            master.Dispose();
        }
        Directory.Delete(folder, true);
    }
}

/// <summary>A remote shell that takes one command after another.</summary>
public sealed class BareShell(Process process) : IAsyncDisposable
{
    /// <summary>Runs a command; its output.</summary>
    public async Task<string> RunAsync(string command, CancellationToken cancel)
    {
        const string End = "portal-bench-end";
        await process.StandardInput.WriteAsync($"{command}\necho {End}\n".AsMemory(), cancel);
        await process.StandardInput.FlushAsync(cancel);
        var output = new System.Text.StringBuilder();
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
        {
            if (line == End) return output.ToString();
            output.Append(line).Append('\n');
        }
        throw new InvalidOperationException($"The shell ended in the middle of: {command}");
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
