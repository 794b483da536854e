using System.Net;
using Portal.Web.Edge;

namespace Portal.Tests.Web.Edge;

public sealed class RateLimitsTests
{
    [Fact]
    public void A_sender_may_ask_as_often_as_was_saved_and_then_waits()
    {
        using var limits = new RateLimits(new() { PerToken = 0, PerAccount = 0, PerAddress = 2, SavedSeconds = 3 });
        var stranger = new Sender(null, null, "192.0.2.1");
        for (var request = 0; request < 6; request++) Assert.Null(limits.Ask(stranger));
        Assert.NotNull(limits.Ask(stranger));
        Assert.Null(limits.Ask(stranger with { Address = "192.0.2.2" }));
        // Who is signed in is not counted by address.
        Assert.Null(limits.Ask(stranger with { Account = "ada" }));
    }

    [Fact]
    public void All_tokens_of_an_account_share_what_it_may_ask()
    {
        using var limits = new RateLimits(new() { PerToken = 2, PerAccount = 3, SavedSeconds = 1 });
        Sender With(string token, string account) => new(token, account, "192.0.2.1");
        Assert.Null(limits.Ask(With("one", "ada")));
        Assert.Null(limits.Ask(With("one", "ada")));
        Assert.NotNull(limits.Ask(With("one", "ada")));
        Assert.Null(limits.Ask(With("two", "ada")));
        Assert.NotNull(limits.Ask(With("two", "ada")));
        Assert.Null(limits.Ask(With("three", "alan")));
    }

    [Fact]
    public void Looking_whether_one_may_try_costs_nothing_and_a_wrong_try_does()
    {
        using var limits = new RateLimits(new() { WrongTries = 1 });
        for (var look = 0; look < 20; look++) Assert.True(limits.MaySignIn("192.0.2.1"));
        for (var wrong = 0; wrong < 3; wrong++) limits.WrongSignIn("192.0.2.1");
        Assert.False(limits.MaySignIn("192.0.2.1"));
        Assert.True(limits.MaySignIn("192.0.2.2"));
    }

    [Fact]
    public void Who_guesses_tokens_keeps_nobody_from_signing_in()
    {
        using var limits = new RateLimits(new() { WrongTries = 1 });
        for (var wrong = 0; wrong < 3; wrong++) Assert.Null(limits.WrongToken("192.0.2.1"));
        Assert.True(limits.WrongToken("192.0.2.1") > TimeSpan.Zero);
        Assert.True(limits.MaySignIn("192.0.2.1"));
    }

    [Fact]
    public async Task What_was_used_up_comes_back()
    {
        using var limits = new RateLimits(new() { PerAddress = 50, SavedSeconds = 1 });
        var stranger = new Sender(null, null, "192.0.2.1");
        while (limits.Ask(stranger) is null) { }
        var came = 0;
        for (var look = 0; look < 2000 && came < 3; look++)
        {
            if (limits.Ask(stranger) is null) came++;
            else await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        Assert.Equal(3, came);
    }

    [Fact]
    public void Nothing_is_counted_where_the_limit_is_0()
    {
        using var limits = new RateLimits(new() { PerToken = 0, PerAccount = 0, PerAddress = 0, WrongTries = 0, Accounts = 0 });
        for (var request = 0; request < 1000; request++)
        {
            Assert.Null(limits.Ask(new("token", "ada", "192.0.2.1")));
            Assert.Null(limits.WrongToken("192.0.2.1"));
            Assert.Null(limits.Account("192.0.2.1"));
        }
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "20010db800010002/64")]
    [InlineData("2001:db8:1:2:ffff::1", "20010db800010002/64")]
    public void An_address_of_IPv6_stands_for_its_network(string address, string counted) =>
        Assert.Equal(counted, Sender.AddressOf(IPAddress.Parse(address)));

    [Fact]
    public void Proxies_are_addresses_and_networks()
    {
        var proxies = TrustedProxies.Parse("127.0.0.1, 10.0.0.0/8,2001:db8::/32");
        Assert.Equal(["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"], proxies.Select(proxy => proxy.ToString()));
        Assert.Empty(TrustedProxies.Parse(""));
        var refusal = Assert.Throws<FormatException>(() => TrustedProxies.Parse("127.0.0.1, proxy.example.org"));
        Assert.Contains("'proxy.example.org' is no address and no network", refusal.Message);
    }
}
