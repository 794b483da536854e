using System.Net;
using Portal.Domain.Runs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Sites;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Addresses;

/// <summary>Where the portal connects, and where not.</summary>
public sealed class OutgoingGateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    // Where nothing is configured.
    [InlineData("*", "", "data.example.org", "192.0.2.1", true)]
    [InlineData("*", "", "data.example.org", "10.1.2.3", true)]
    [InlineData("*", "", "data.example.org", "2001:db8::1", true)]
    [InlineData("*", "", "data.example.org", "127.0.0.1", false)]
    [InlineData("*", "", "data.example.org", "127.8.8.8", false)]
    [InlineData("*", "", "data.example.org", "0.0.0.0", false)]
    [InlineData("*", "", "data.example.org", "169.254.169.254", false)]
    [InlineData("*", "", "data.example.org", "100.100.100.200", false)]
    [InlineData("*", "", "data.example.org", "224.0.0.1", false)]
    [InlineData("*", "", "data.example.org", "255.255.255.255", false)]
    [InlineData("*", "", "data.example.org", "::", false)]
    [InlineData("*", "", "data.example.org", "::1", false)]
    [InlineData("*", "", "data.example.org", "::ffff:127.0.0.1", false)]
    [InlineData("*", "", "data.example.org", "::127.0.0.1", false)]
    [InlineData("*", "", "data.example.org", "64:ff9b::169.254.169.254", false)]
    [InlineData("*", "", "data.example.org", "fe80::1", false)]
    [InlineData("*", "", "data.example.org", "fe80::1%1", false)]
    [InlineData("*", "", "data.example.org", "fd00:ec2::254", false)]
    [InlineData("*", "", "data.example.org", "ff02::1", false)]
    // An address opens what a name does not.
    [InlineData("*,127.0.0.1", "", "localhost", "127.0.0.1", true)]
    [InlineData("*,127.0.0.1", "", "localhost", "127.0.0.2", false)]
    [InlineData("*,localhost", "", "localhost", "127.0.0.1", false)]
    [InlineData("*,127.0.0.0/8", "", "data.example.org", "::ffff:127.0.0.1", true)]
    // A list without the star is all that there is.
    [InlineData("*.example.org", "", "data.Example.org.", "192.0.2.1", true)]
    [InlineData("*.example.org", "", "deep.data.example.org", "192.0.2.1", true)]
    [InlineData("*.example.org", "", "example.org", "192.0.2.1", false)]
    [InlineData("*.example.org", "", "badexample.org", "192.0.2.1", false)]
    [InlineData("*.example.org", "", "example.org.evil.test", "192.0.2.1", false)]
    [InlineData("*.example.org", "", "a.example.org", "169.254.169.254", false)]
    [InlineData("example.org", "", "example.org", "192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "", "whatever.test", "192.0.2.7", true)]
    [InlineData("192.0.2.0/24", "", "whatever.test", "198.51.100.7", false)]
    [InlineData("", "", "data.example.org", "192.0.2.1", false)]
    // What is refused is refused.
    [InlineData("*,10.0.0.0/8", "10.0.0.5", "data.example.org", "10.0.0.5", false)]
    [InlineData("*,10.0.0.0/8", "10.0.0.5", "data.example.org", "10.0.0.6", true)]
    [InlineData("*", "*.intern.example.org", "db.intern.example.org", "192.0.2.1", false)]
    [InlineData("*", "192.0.2.0/24", "data.example.org", "::ffff:192.0.2.1", false)]
    public void The_lists_tell(string allow, string refuse, string host, string address, bool allowed) =>
        Assert.Equal(allowed, new OutgoingGate(new() { Allow = allow, Refuse = refuse }).Allows(host, IPAddress.Parse(address)));

    [Theory]
    [InlineData("*.exa mple.org")]
    [InlineData("ex*mple.org")]
    [InlineData("https://example.org")]
    [InlineData("10.0.0.0/40")]
    public void An_entry_that_means_nothing_is_named(string entry)
    {
        var fault = Assert.Throws<FormatException>(() => new OutgoingGate(new() { Refuse = "192.0.2.1," + entry }));
        Assert.StartsWith($"Portal:Outgoing:Refuse: '{entry}' is ", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("::ffff:7f00:1")]
    public async Task However_this_machine_is_written_it_is_refused_with_advice(string host)
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => OutgoingGate.Default.ReachAsync(host, true, Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.AddressRefused), (fault.Kind, fault.Failure.Name));
        Assert.Contains("Portal:Outgoing:Allow", fault.Failure.Advice, StringComparison.Ordinal);
        // What a name stands for within is nobody's business.
        Assert.Null(fault.Failure.Evidence);
    }

    [Fact]
    public async Task Of_several_addresses_those_remain_that_are_allowed()
    {
        var gate = new OutgoingGate(new())
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.IPv6Loopback, IPAddress.Parse("192.0.2.1"), IPAddress.Loopback]),
        };
        Assert.Equal(["192.0.2.1"], (await gate.ReachAsync("data.example.org", true, Cancel)).Select(address => address.ToString()));
    }

    [Fact]
    public async Task A_name_without_an_address_is_tried_again()
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => Reach.Knowing("*").ReachAsync("nobody.test", true, Cancel));
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
    }

    [Theory]
    [InlineData("", "192.0.2.1", false)]
    [InlineData("192.0.2.0/24", "192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "198.51.100.1", false)]
    [InlineData("data.portal.test", "198.51.100.1", true)]
    [InlineData("*.portal.test", "198.51.100.1", true)]
    [InlineData("portal.test", "198.51.100.1", false)]
    [InlineData("*", "198.51.100.1", true)]
    // What stays on this machine goes over no wire.
    [InlineData("", "127.0.0.1", true)]
    [InlineData("", "::1", true)]
    public async Task Without_encryption_only_what_a_list_names_is_spoken_to(string plain, string address, bool allowed)
    {
        var gate = new OutgoingGate(new() { Allow = "*,127.0.0.0/8,::1", Plain = plain })
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]),
        };
        Assert.Single(await gate.ReachAsync(Reach.Named, true, Cancel));
        if (allowed)
        {
            Assert.Single(await gate.ReachAsync(Reach.Named, false, Cancel));
            return;
        }
        var fault = await Assert.ThrowsAsync<PlaceException>(() => gate.ReachAsync(Reach.Named, false, Cancel));
        Assert.Equal((FaultKind.Blocking, FailureName.AddressRefused), (fault.Kind, fault.Failure.Name));
        Assert.Contains("without encryption", fault.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("Portal:Outgoing:Plain", fault.Failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_addresses_those_remain_that_need_no_encryption()
    {
        var gate = new OutgoingGate(new() { Plain = "192.0.2.0/24" })
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("198.51.100.1"), IPAddress.Parse("192.0.2.1")]),
        };
        Assert.Equal(["192.0.2.1"], (await gate.ReachAsync(Reach.Named, false, Cancel)).Select(address => address.ToString()));
    }

    [Fact]
    public async Task Requests_go_where_the_configuration_names_a_host_or_allows_one()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://{listener.LocalEndpoint}/");
        using var strict = new HttpClient(OutgoingGate.Default.Handler("campus.example.org"));
        var fault = await Assert.ThrowsAsync<HttpRequestException>(() => strict.GetAsync(address, Cancel));
        Assert.Equal(FailureName.AddressRefused, Assert.IsType<PlaceException>(fault.InnerException).Failure.Name);
        Assert.False(listener.Pending());
        using var named = new HttpClient(OutgoingGate.Default.Handler("127.0.0.1"));
        var asked = named.GetAsync(address, Cancel);
        using (var client = await listener.AcceptTcpClientAsync(Cancel))
        {
            await client.GetStream().WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), Cancel);
            Assert.Equal(HttpStatusCode.NoContent, (await asked).StatusCode);
        }
    }
}
