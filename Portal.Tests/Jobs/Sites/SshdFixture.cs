using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Portal.Domain.Credentials;
using Portal.Jobs.Sites;
using Portal.Jobs.Sites.OpenSsh;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Sites;

/// <summary>A real sshd on the loopback interface for the account that runs the tests, out of one folder.</summary>
public sealed class SshdFixture : IAsyncLifetime
{
    private Process? _server;

    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-sshd-").FullName;

    public int Port { get; private set; }

    public KeyPair Pair { get; private set; } = null!;

    public OpenSshSettings Settings => new() { RuntimeFolder = Path.Combine(Folder, "run"), Outgoing = Reach.Gate };

    public OpenSshSites Sites { get; private set; } = null!;

    public SiteAddress Address { get; private set; } = null!;

    public PrivateKey Key => new([.. Pair.PrivateKey]);

    public Task<ISite> ConnectAsync() => Sites.ConnectAsync(Address, Key, TestContext.Current.CancellationToken);

    public async ValueTask InitializeAsync()
    {
        Sites = new(Settings, TimeProvider.System);
        Pair = await new OpenSshKeyForge(Settings).CreateAsync("portal test", CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Folder, "authorized_keys"), Pair.PublicKey + "\n");
        Directory.CreateDirectory(Path.Combine(Folder, "home"));
        await NewHostKeyAsync();
        Port = FreePort();
        await StartAsync();
        Address = new("127.0.0.1", Port, Environment.UserName, []);
        Address = Address with { HostKeys = await Sites.ScanAsync(Address, null, default) };
    }

    /// <summary>Lets the owner of another key log in as well.</summary>
    public Task AuthorizeAsync(string publicKey) => File.AppendAllTextAsync(Path.Combine(Folder, "authorized_keys"), publicKey + "\n");

    public async Task NewHostKeyAsync()
    {
        File.Delete(Path.Combine(Folder, "host"));
        File.Delete(Path.Combine(Folder, "host.pub"));
        using var keygen = Process.Start("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(Folder, "host")]);
        await keygen.WaitForExitAsync();
    }

    /// <summary>Starts the server, with a further line of sshd_config(5) if so wished.</summary>
    public async Task StartAsync(string more = "")
    {
        if (Environment.UserName == "root") Directory.CreateDirectory("/run/sshd");
        await File.WriteAllTextAsync(Path.Combine(Folder, "sshd_config"), string.Create(CultureInfo.InvariantCulture, $"""
            ListenAddress 127.0.0.1
            Port {Port}
            HostKey {Folder}/host
            PidFile none
            AuthorizedKeysFile {Folder}/authorized_keys
            StrictModes no
            UsePAM no
            PermitRootLogin yes
            PasswordAuthentication no
            SetEnv HOME={Folder}/home
            Subsystem sftp internal-sftp
            {more}
            """));
        var start = new ProcessStartInfo("/usr/sbin/sshd", ["-D", "-e", "-f", Path.Combine(Folder, "sshd_config")])
        {
            RedirectStandardError = true,
        };
        _server = Process.Start(start)!;
        var server = _server;
        while (await server.StandardError.ReadLineAsync() is { } line)
            if (line.Contains("Server listening", StringComparison.Ordinal)) break;
        _ = server.StandardError.ReadToEndAsync();
    }

    /// <summary>Ends the server, with every connection or, as an upgrade does, without them.</summary>
    public async Task StopAsync(bool connections = true)
    {
        if (_server is null) return;
        _server.Kill(entireProcessTree: connections);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
