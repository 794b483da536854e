using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Portal.Jobs.Transfers;
using Portal.Jobs.Transfers.Curl;

namespace Portal.Tests.Jobs.Transfers;

/// A proftpd on loopback with one account, out of a folder of its own.
public sealed class FtpServer : IAsyncLifetime
{
    public const string Password = "s3cret #\"pass\\word";
    private Process? server;

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-ftp-").FullName;

    public string Data => Path.Combine(Folder, "data");

    public int Port { get; private set; }

    public static EndpointSecret Secret { get; } = new("demo", Password);

    public CurlEndpoints Endpoints { get; } = new(new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3)));

    public Portal.Jobs.Sites.IFiles Files(int? port = null) =>
        Endpoints.Open(new("ftp", "127.0.0.1", port ?? Port), Secret);

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        Port = FreePort();
        var (uid, gid) = (await SayAsync("id", "-u"), await SayAsync("id", "-g"));
        await SayAsync("/bin/sh", "-c", "printf %s \"$1\" | ftpasswd --passwd --stdin --name=demo --uid=$2 --gid=$3 --home=\"$4\" --shell=/bin/sh --file=\"$5\"",
            "sh", Password, uid, gid, Data, Path.Combine(Folder, "passwd"));
        var user = await SayAsync("id", "-un");
        var group = await SayAsync("id", "-gn");
        await File.WriteAllTextAsync(Path.Combine(Folder, "conf"), $"""
            ServerType standalone
            ServerName test
            DefaultAddress 127.0.0.1
            SocketBindTight on
            UseReverseDNS off
            Port {Port}
            User {user}
            Group {group}
            RootLogin on
            AuthOrder mod_auth_file.c
            AuthUserFile {Folder}/passwd
            RequireValidShell off
            AllowOverwrite on
            AllowStoreRestart on
            AllowRetrieveRestart on
            DefaultRoot ~
            PidFile {Folder}/pid
            ScoreboardFile {Folder}/scoreboard
            DelayEngine off
            WtmpLog off
            TransferLog none
            SystemLog {Folder}/log
            MaxStoreFileSize 8 Mb user demo
            """);
        server = Process.Start(new ProcessStartInfo("/usr/sbin/proftpd") { ArgumentList = { "--nodaemon", "-c", Path.Combine(Folder, "conf") }, RedirectStandardError = true, RedirectStandardOutput = true })!;
        for (var left = 100; ; left--)
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (left > 0 && !server.HasExited)
            {
                await Task.WhenAny(server.WaitForExitAsync(), Task.Delay(50));
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<string> SayAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, program + ": " + await error);
        return output.Trim();
    }
}
