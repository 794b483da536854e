using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Web.Edge;

/// <summary>A portal of which nothing was said does not connect to its own machine, whoever asks it to and however.</summary>
public sealed class OutgoingDoorTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Its_own_machine_is_refused_with_advice()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles", "web", "--Portal:Outgoing:Allow", "*");
        using var program = await RestClient.SignUpAsync(portal, Cancel);
        var machine = await program.PostAsync("machines",
            new { name = "here", host = "localhost", port = portal.Address.Port, user = "u", workFolder = "/w" }, Cancel);
        var refused = await program.GetAsync($"machines/{machine.GetProperty("id").GetString()}/host-keys", Cancel, 422);
        Assert.Equal("ADDRESS_REFUSED", refused.GetProperty("code").GetString());
        Assert.Contains("Portal:Outgoing:Allow", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", refused.ToString(), StringComparison.Ordinal);
    }
}
