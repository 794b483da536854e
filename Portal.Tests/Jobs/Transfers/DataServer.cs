using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;
using Portal.Jobs.Transfers.Curl;

namespace Portal.Tests.Jobs.Transfers;

/// A proftpd on loopback with one account, out of a folder of its own. What it speaks its kinds say.
public abstract class DataServer : IAsyncLifetime
{
    public const string Password = "s3cret #\"pass\\word";
    private Process? server;

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-ftp-").FullName;

    public string Data => Path.Combine(Folder, "data");

    public int Port { get; private set; }

    public static EndpointSecret Secret { get; } = new("demo", Password);

    /// Trusting this server's certificate alone.
    public CurlEndpoints Endpoints => new(new(Patience, Patience, Authorities));

    protected virtual string? Authorities => null;

    // How long it may be silent: long enough on a busy machine. After a connection that was cut, proftpd has been seen to let the
    // next one with SSH or TLS wait.
    private static TimeSpan Patience => TimeSpan.FromSeconds(90);

    /// Lines of its configuration that make it the kind of server that it is.
    protected abstract string Kind { get; }

    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// Where it is, or where something stands before it.
    public abstract EndpointAddress Address(string host, int port);

    /// Its files.
    public IFiles Files(int? port = null, EndpointSecret? secret = null) =>
        Endpoints.Open(Address("127.0.0.1", port ?? Port), secret ?? Secret);

    /// A way to it that can be cut.
    public abstract Way Through(long? cutAt = null);

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        Port = FreePort();
        await PrepareAsync();
        var (uid, gid) = (await SayAsync("id", "-u"), await SayAsync("id", "-g"));
        await SayAsync("/bin/sh", "-c", "printf %s \"$1\" | ftpasswd --passwd --stdin --name=demo --uid=$2 --gid=$3 --home=\"$4\" "
            + "--shell=/bin/sh --file=\"$5\"", "sh", Password, uid, gid, Data, Path.Combine(Folder, "passwd"));
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
            ScoreboardFile none
            DelayEngine off
            WtmpLog off
            TransferLog none
            SystemLog {Folder}/log
            MaxStoreFileSize 8 Mb user demo
            {Kind.ReplaceLineEndings("\n            ")}
            """);
        server = Process.Start(new ProcessStartInfo("/usr/sbin/proftpd", ["--nodaemon", "-c", Path.Combine(Folder, "conf")])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
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

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
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
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, program + ": " + await error);
        return output.Trim();
    }
}

/// A way to a data server that can be cut: what counts the data, and the files behind it.
public sealed record Way(CuttingProxy Proxy, IFiles Files, CuttingProxy? Control = null) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        if (Control is not null) await Control.DisposeAsync();
    }
}
