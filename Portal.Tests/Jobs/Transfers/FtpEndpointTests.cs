using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers;
using Portal.Jobs.Transfers.Curl;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Transfers;

public sealed class FtpEndpointTests(FtpServer server) : EndpointQuestions(server), IClassFixture<FtpServer>
{
    [Fact]
    public async Task A_server_without_room_blocks()
    {
        // The server's limit is 8 MiB a file: as many lie there already.
        await File.WriteAllBytesAsync(Path.Combine(Server.Data, "big.bin"), new byte[8 << 20], Cancel);
        var fault = await Assert.ThrowsAsync<PlaceException>(
            () => Server.Files().AppendAsync("big.bin", 8 << 20, new MemoryStream(new byte[1000]), Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.QuotaExceeded), (fault.Kind, fault.Failure.Name));
    }

    [Fact]
    public async Task A_stalled_connection_is_no_end_of_file()
    {
        await File.WriteAllBytesAsync(Path.Combine(Server.Data, "stalled.bin"), new byte[4 << 20], Cancel);
        await using var proxy = new CuttingProxy(Server.Port) { StallAt = 1 << 20 };
        var impatient = new CurlEndpoints(new(TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5)) { Outgoing = Reach.Gate })
            .Open(Server.Address("127.0.0.1", proxy.Port), DataServer.Secret);
        var fault = await Assert.ThrowsAsync<PlaceException>(() => ReadAsync(impatient, "stalled.bin", 0));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
    }

    [Theory]
    [InlineData("a\nQUIT")]
    [InlineData("a\r\nDELE x")]
    [InlineData("../../etc/passwd")]
    public async Task Paths_that_could_mean_more_are_refused(string path)
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => Server.Files().RemoveAsync(path, Cancel));
        Assert.Equal((FaultKind.Final, FailureName.InvalidDescription), (fault.Kind, fault.Failure.Name));
    }

    [Theory]
    [InlineData("file", "host")]
    [InlineData("ftp", "-oProxyCommand")]
    [InlineData("ftp", "host/../x")]
    public void Addresses_that_are_none_are_refused(string scheme, string host) =>
        Assert.Throws<PlaceException>(() => Server.Endpoints.Open(new EndpointAddress(scheme, host), null));

    [Fact]
    public async Task Nothing_secret_is_on_a_command_line_or_in_an_environment()
    {
        await File.WriteAllBytesAsync(Path.Combine(Server.Data, "slow.bin"), new byte[4 << 20], Cancel);
        await using var proxy = new CuttingProxy(Server.Port) { StallAt = 0 };
        await using var stream = await Server.Files(proxy.Port).ReadAsync("slow.bin", 0, Cancel);
        var seen = 0;
        foreach (var process in Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0])))
            foreach (var file in new[] { "cmdline", "environ" })
            {
                string text;
                try
                {
                    text = await File.ReadAllTextAsync(Path.Combine(process, file), Cancel);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    continue; // gone, or not ours
                }
                seen++;
                Assert.DoesNotContain(DataServer.Password, text, StringComparison.Ordinal);
            }
        Assert.True(seen > 0);
    }
}
