using System.Text.Json;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Sites;

namespace Portal.Tests.Rest;

/// <summary>A machine behind a jump host, from its registration to a run, by REST alone; then the jump host shows another
/// key.</summary>
public sealed class JumpHostJourneyTests(RunningPortalFixture portals, SiteFixture sites, SshdFixture gate) : IClassFixture<SshdFixture>
{
    private const string Workflow = """
        portal: 1
        name: behind
        title: Behind a jump host
        steps:
          - { id: greet, command: echo through, resources: { time: 2m } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Jump => $"{Environment.UserName}@127.0.0.1:{gate.Port}";

    [Fact]
    public async Task Each_host_on_the_way_is_confirmed_and_a_changed_one_stops_the_machine()
    {
        var site = await sites.SiteAsync(Cancel);
        using var program = await RestClient.SignUpAsync(await portals.PortalAsync(Cancel), Cancel);
        var facts = site.Facts;
        var machine = new { name = "far", host = facts.Host, port = facts.SshPort, user = facts.User, workFolder = facts.Workdir, jumpHosts = new[] { Jump } };
        var id = (await program.PostAsync("machines", machine, Cancel)).GetProperty("id").GetString()!;
        var here = $"machines/{id}";
        // The nearest host is seen without a login, what is behind it with the key alone.
        var first = await program.GetAsync($"{here}/host-keys", Cancel);
        Assert.Equal((0, "CONFIRM_FIRST"), (first.GetProperty("keys").GetArrayLength(), Stopped(first)));
        var gateKey = first.GetProperty("jumpHosts")[0].GetProperty("keys")[0].GetProperty("fingerprint").GetString()!;
        Assert.Equal(gate.Address.HostKeys[0].Fingerprint, gateKey);
        Assert.Equal("HostKeyUnconfirmed", State(await program.PutAsync($"{here}/host-keys", new { fingerprints = new[] { gateKey } }, Cancel)));
        Assert.Equal("TOKEN_NEEDED", Stopped(await program.GetAsync($"{here}/host-keys", Cancel)));
        var made = await program.PostAsync($"{here}/credential", null, Cancel);
        var token = new { securityToken = made.GetProperty("securityToken").GetString()! };
        Assert.Equal("LOGIN_REFUSED", Stopped(await program.PostAsync($"{here}/host-keys/scan", token, Cancel, 200)));
        await gate.AuthorizeAsync(made.GetProperty("publicKey").GetString()!);
        await site.AuthorizeAsync(made.GetProperty("publicKey").GetString()!, Cancel);
        var all = await program.PostAsync($"{here}/host-keys/scan", token, Cancel, 200);
        Assert.Equal(JsonValueKind.Null, all.TryGetProperty("stopped", out var stopped) ? stopped.ValueKind : JsonValueKind.Null);
        var key = all.GetProperty("keys").EnumerateArray().Single(seen => facts.HostKey.Contains(seen.GetProperty("publicKey").GetString()!, StringComparison.Ordinal));
        var fingerprints = new[] { key.GetProperty("fingerprint").GetString()! };
        var unseen = await program.PutAsync($"{here}/host-keys", new { fingerprints }, Cancel, 422);
        Assert.Equal("HOST_KEY_NOT_SEEN", unseen.GetProperty("code").GetString());
        Assert.Equal("Ready", State(await program.PutAsync($"{here}/host-keys", new { fingerprints, token.securityToken }, Cancel)));
        var check = await program.PostAsync($"{here}/check", token, Cancel, 200);
        Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString());
        await RunsAsync(program, id, token.securityToken);
        await ChangedAsync(program, id, token.securityToken);
    }

    private async Task ChangedAsync(RestClient program, string id, string token)
    {
        await gate.StopAsync();
        await gate.NewHostKeyAsync();
        await gate.StartAsync();
        var check = await program.PostAsync($"machines/{id}/check", new { securityToken = token }, Cancel, 200);
        var failed = Assert.Single(check.GetProperty("steps").EnumerateArray(), step => !step.GetProperty("ok").GetBoolean());
        Assert.Equal(("host-key", Jump), (failed.GetProperty("name").GetString(), failed.GetProperty("jumpHost").GetString()));
        Assert.Contains("The jump host 127.0.0.1 answered with a host key that nobody confirmed", failed.GetProperty("message").GetString());
        var stopped = await program.GetAsync($"machines/{id}", Cancel);
        Assert.Equal(("HostKeyChanged", Jump), (State(stopped), stopped.GetProperty("hostKeyMismatchAt").GetString()));
        var refused = await program.PostAsync("runs", new { machine = id, description = Workflow, securityToken = token }, Cancel, 409);
        Assert.Equal("HOST_KEY_CHANGED", refused.GetProperty("code").GetString());
        // It answers without a login, so its new key is confirmed without one.
        var now = (await gate.Sites.ScanAsync(gate.Address, null, Cancel))[0].Fingerprint;
        Assert.Equal("Ready", State(await program.PutAsync($"machines/{id}/host-keys", new { fingerprints = new[] { now } }, Cancel)));
        Assert.True((await program.PostAsync($"machines/{id}/check", new { securityToken = token }, Cancel, 200)).GetProperty("ok").GetBoolean());
    }

    private static async Task RunsAsync(RestClient program, string machine, string token)
    {
        var run = await program.PostAsync("runs", new { machine, description = Workflow, securityToken = token }, Cancel);
        var seen = await SiteJourneyTests.FollowAsync(program, run.GetProperty("id").GetString()!, null);
        Assert.True(seen.Exists(arrived => arrived.Type == "run_succeeded"), seen[^1].Data.ToString());
    }

    private static string? Stopped(JsonElement keys) => keys.GetProperty("stopped").GetProperty("code").GetString();

    private static string? State(JsonElement machine) => machine.GetProperty("state").GetString();
}
