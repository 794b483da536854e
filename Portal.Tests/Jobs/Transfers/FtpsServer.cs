using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Portal.Jobs.Transfers;

namespace Portal.Tests.Jobs.Transfers;

/// FTP with TLS on the plain port (RFC 4217); data, too, are encrypted and on a session of the control connection's.
public class FtpsServer : DataServer
{
    private static readonly IPAddress Before = IPAddress.Parse("127.0.0.2");
    private readonly int dataPort;
    private readonly TcpListener taken;

    // A range of ports has two at least: the second one is taken, so that all data go by the first.
    public FtpsServer()
    {
        do
        {
            dataPort = FreePort();
            taken = new(IPAddress.Loopback, dataPort + 1);
        }
        while (!Started(taken));
    }

    protected override string? Authorities => Path.Combine(Folder, "certificate.pem");

    protected override string Kind => $"""
        LoadModule mod_tls.c
        TLSEngine on
        TLSRequired on
        TLSLog {Folder}/tls.log
        TLSRSACertificateFile {Folder}/certificate.pem
        TLSRSACertificateKeyFile {Folder}/key.pem
        PassivePorts {dataPort} {dataPort + 1}
        """;

    public override EndpointAddress Address(string host, int port) => new("ftpes", host, port);

    // The control connection cannot be read on its way, so the data come to the same port at another address.
    public override Way Through(long? cutAt = null)
    {
        var control = new CuttingProxy(Port, plain: true, new(Before, 0));
        var data = new CuttingProxy(dataPort, plain: true, new(Before, dataPort)) { CutAt = cutAt };
        return new(data, Endpoints.Open(Address(Before.ToString(), control.Port), Secret), control);
    }

    protected override async Task PrepareAsync()
    {
        var (certificate, key) = Certificate();
        await File.WriteAllTextAsync(Path.Combine(Folder, "certificate.pem"), certificate);
        await File.WriteAllTextAsync(Path.Combine(Folder, "key.pem"), key);
        await SayAsync("chmod", "600", Path.Combine(Folder, "key.pem"));
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        taken.Dispose();
        await base.DisposeAsync();
    }

    private static bool Started(TcpListener listener)
    {
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// A certificate for this machine's loopback addresses, signed by itself, and its key, as PEM.
    public static (string Certificate, string Key) Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(Before);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

/// FTP with TLS from the first byte.
public sealed class ImplicitFtpsServer : FtpsServer
{
    protected override string Kind => base.Kind + "\nTLSOptions UseImplicitSSL";

    public override EndpointAddress Address(string host, int port) => new("ftps", host, port);
}
