using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Tests.Jobs.Transfers;

public sealed class SftpEndpointTests(SftpServer server) : EndpointQuestions(server), IClassFixture<SftpServer>
{
    protected override bool TellsTime => false;

    [Fact]
    public async Task Another_host_key_blocks_by_name_and_the_one_that_answered_is_evidence()
    {
        var other = "SHA256:" + new string('A', 43);
        var files = Server.Endpoints.Open(Server.Address("127.0.0.1", Server.Port) with { HostKey = other }, DataServer.Secret);
        var fault = await Assert.ThrowsAsync<PlaceException>(() => files.StatAsync("a", Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.EndpointKeyChanged), (fault.Kind, fault.Failure.Name));
        Assert.Contains(server.HostKey["SHA256:".Length..], fault.Failure.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_confirmed_host_key_nothing_is_said()
    {
        var files = Server.Endpoints.Open(Server.Address("127.0.0.1", Server.Port) with { HostKey = null }, DataServer.Secret);
        var fault = await Assert.ThrowsAsync<PlaceException>(() => files.StatAsync("a", Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.EndpointKeyChanged), (fault.Kind, fault.Failure.Name));
    }
}
