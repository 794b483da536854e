using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Jobs.Code;

/// A git daemon on loopback with one repository: two commits, an annotated tag, folders, an executable, a link.
public sealed class GitServer : IAsyncLifetime
{
    private Process? daemon;

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-git-").FullName;

    public int Port { get; } = FtpServer.FreePort();

    public string Url => $"git://127.0.0.1:{Port}/study.git";

    public string First { get; private set; } = "";

    public string Second { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var output = await FtpServer.SayAsync("/bin/sh", "-c", """
            set -e
            cd "$1"
            export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 HOME="$1"
            git init -q -b main work && cd work
            git config user.name Test && git config user.email test@example.org
            mkdir -p "steps/heat [1]" other evil
            printf '#!/bin/sh\necho hi\n' > "steps/heat [1]/solve.sh" && chmod 755 "steps/heat [1]/solve.sh"
            echo "a b" > "steps/heat [1]/ünï name.txt"
            mkdir "steps/heat [1]/lib" && ln -s ../solve.sh "steps/heat [1]/lib/link"
            head -c 300000 /dev/urandom > other/big.bin
            ln -s ../../outside evil/link
            git add -A && git commit -q -m first && git tag -a -m one v1.0
            echo changed >> "steps/heat [1]/ünï name.txt" && git commit -q -am second
            git branch feature/fast
            cd .. && git clone -q --bare work study.git
            git -C study.git config uploadpack.allowFilter true
            git -C study.git config uploadpack.allowAnySHA1InWant true
            git -C work rev-parse HEAD~1 HEAD
            """, "sh", Folder);
        (First, Second) = (output.Split('\n')[0], output.Split('\n')[1]);
        daemon = Process.Start(new ProcessStartInfo("git",
            ["daemon", "--reuseaddr", "--listen=127.0.0.1", $"--port={Port}", "--export-all", "--base-path=" + Folder, "--informative-errors"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        for (var left = 100; ; left--)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (left > 0 && !daemon.HasExited)
            {
                await Task.WhenAny(daemon.WaitForExitAsync(), Task.Delay(50));
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (daemon is not null)
        {
            daemon.Kill(entireProcessTree: true);
            daemon.WaitForExit();
            daemon.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
