using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers.Curl;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Transfers;

public sealed class FtpsEndpointTests(FtpsServer server) : EndpointQuestions(server), IClassFixture<FtpsServer>
{
    [Fact]
    public async Task A_certificate_that_nobody_trusts_blocks()
    {
        var files = new CurlEndpoints(new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(3)) { Outgoing = Reach.Gate }).Open(
            Server.Address("127.0.0.1", Server.Port), DataServer.Secret);
        var fault = await Assert.ThrowsAsync<PlaceException>(() => files.StatAsync("a", Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
        Assert.Contains("certificate", fault.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_encryption_the_password_is_not_sent()
    {
        // The server requires it; a client that would go on without is refused before it says who it is.
        var files = Server.Endpoints.Open(Server.Address("127.0.0.1", Server.Port) with { Scheme = "ftp" }, DataServer.Secret);
        await Assert.ThrowsAsync<PlaceException>(() => files.StatAsync("a", Cancel));
    }
}

public sealed class ImplicitFtpsEndpointTests(ImplicitFtpsServer server) : EndpointQuestions(server), IClassFixture<ImplicitFtpsServer>;
