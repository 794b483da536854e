using Portal.Jobs.Transfers;

namespace Portal.Tests.Jobs.Transfers;

/// SFTP with passwords. OpenSSH's own server would ask the system for them, which an ordinary account cannot arrange.
public sealed class SftpServer : DataServer
{
    public string HostKey { get; private set; } = "";

    protected override string Kind => $"""
        LoadModule mod_sftp.c
        SFTPEngine on
        SFTPLog {Folder}/sftp.log
        SFTPHostKey {Folder}/host
        SFTPAuthMethods password
        SFTPKeyExchanges curve25519-sha256 ecdh-sha2-nistp256
        """;

    public override EndpointAddress Address(string host, int port) => new("sftp", host, port, HostKey: HostKey);

    public override Way Through(long? cutAt = null)
    {
        var proxy = new CuttingProxy(Port, plain: true) { CutAt = cutAt };
        return new(proxy, Files(proxy.Port));
    }

    protected override async Task PrepareAsync()
    {
        await SayAsync("ssh-keygen", "-q", "-t", "rsa", "-m", "PEM", "-N", "", "-f", Path.Combine(Folder, "host"));
        HostKey = (await SayAsync("ssh-keygen", "-lf", Path.Combine(Folder, "host.pub"))).Split(' ')[1];
    }
}
