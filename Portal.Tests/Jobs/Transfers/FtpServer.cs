using Portal.Jobs.Transfers;

namespace Portal.Tests.Jobs.Transfers;

/// Plain FTP.
public sealed class FtpServer : DataServer
{
    protected override string Kind => "";

    public override EndpointAddress Address(string host, int port) => new("ftp", host, port);

    public override Way Through(long? cutAt = null)
    {
        var proxy = new CuttingProxy(Port) { CutAt = cutAt };
        return new(proxy, Files(proxy.Port));
    }
}
