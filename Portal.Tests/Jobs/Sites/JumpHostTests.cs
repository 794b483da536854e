using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Tests.Jobs.Sites;

/// <summary>A machine behind a jump host: two servers, each with a host key of its own.</summary>
public sealed class JumpHostTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly SshdFixture _gate = new();
    private readonly SshdFixture _machine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private SiteAddress Gate => _gate.Address with { JumpHost = "gate" };

    private SiteAddress Behind => _machine.Address with { Through = Gate };

    public async ValueTask InitializeAsync()
    {
        await _gate.InitializeAsync();
        await _machine.InitializeAsync();
        await _machine.AuthorizeAsync(_gate.Pair.PublicKey);
    }

    public async ValueTask DisposeAsync()
    {
        await _machine.DisposeAsync();
        await _gate.DisposeAsync();
    }

    [Fact]
    public async Task Host_keys_behind_are_seen_through_it_and_commands_run()
    {
        Assert.Equal(_machine.Address.HostKeys, await _gate.Sites.ScanAsync(Behind with { HostKeys = [] }, _gate.Key, Cancel));
        await using (var site = await ConnectAsync(Behind))
        {
            Assert.Equal("through\n", (await site.RunAsync("echo through", Limit, Cancel)).Output);
            var folder = Assert.Single(Directory.EnumerateDirectories(_gate.Settings.RuntimeFolder!));
            var known = await File.ReadAllLinesAsync(Path.Combine(folder, "known_hosts"), Cancel);
            Assert.Equal(
                [$"portal-jump-1 ssh-ed25519 {Gate.HostKeys[0].PublicKey}", $"portal-machine ssh-ed25519 {Behind.HostKeys[0].PublicKey}"], known);
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(_gate.Settings.RuntimeFolder!));
    }

    [Fact]
    public async Task Two_jump_hosts_are_passed_one_after_the_other()
    {
        var second = _machine.Address with { Through = Gate, JumpHost = "second" };
        var far = Gate with { Through = second, JumpHost = null };
        Assert.Equal(Gate.HostKeys, await _gate.Sites.ScanAsync(far with { HostKeys = [] }, _gate.Key, Cancel));
        await using var site = await ConnectAsync(far);
        Assert.Equal("far\n", (await site.RunAsync("echo far", Limit, Cancel)).Output);
    }

    [Fact]
    public async Task Another_host_key_of_either_is_named_with_its_place()
    {
        await NotTrustedAsync(Behind with { Through = Gate with { HostKeys = Behind.HostKeys } }, "gate", Gate.HostKeys[0].Fingerprint);
        await NotTrustedAsync(Behind with { HostKeys = Gate.HostKeys }, null, Behind.HostKeys[0].Fingerprint);
        await NotTrustedAsync(Behind with { Through = Gate with { HostKeys = [] } }, "gate", "not asked for");
        // What is behind a host that is not trusted is not asked either.
        var scan = await Assert.ThrowsAsync<PlaceException>(() =>
            _gate.Sites.ScanAsync(Behind with { Through = Gate with { HostKeys = Behind.HostKeys } }, _gate.Key, Cancel));
        Assert.Equal((FailureName.HostKeyChanged, "gate"), (scan.Failure.Name, scan.JumpHost));
    }

    [Fact]
    public async Task A_host_that_refuses_the_login_is_named()
    {
        await File.WriteAllTextAsync(Path.Combine(_machine.Folder, "authorized_keys"), "", Cancel);
        await FailsAsync(Behind, FailureName.LoginRefused, null, "refused the login");
        await File.WriteAllTextAsync(Path.Combine(_gate.Folder, "authorized_keys"), "", Cancel);
        await FailsAsync(Behind, FailureName.LoginRefused, "gate", "The jump host 127.0.0.1 refused the login");
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_named()
    {
        var silent = Behind with { Port = SshdFixture.FreePort() };
        await FailsAsync(silent, FailureName.Unreachable, null, "does not answer the jump host 127.0.0.1");
        var unseen = await Assert.ThrowsAsync<PlaceException>(() => _gate.Sites.ScanAsync(silent, _gate.Key, Cancel));
        Assert.Equal((FailureName.Unreachable, null), (unseen.Failure.Name, unseen.JumpHost));
        await _gate.StopAsync();
        await FailsAsync(Behind, FailureName.Unreachable, "gate", string.Create(CultureInfo.InvariantCulture, $"port {_gate.Port} does not answer"));
    }

    [Fact]
    public async Task A_lost_jump_host_is_passed_anew_when_it_is_back()
    {
        await using var site = await ConnectAsync(Behind);
        await _gate.StopAsync();
        var fault = await Assert.ThrowsAsync<PlaceException>(() => site.RunAsync("echo lost", Limit, Cancel));
        Assert.NotEqual(FaultKind.Final, fault.Kind);
        await _gate.StartAsync();
        string? said = null;
        while (said is null)
        {
            try
            {
                said = (await site.RunAsync("echo on", Limit, Cancel)).Output;
            }
            catch (PlaceException again) when (again.Failure.Name == FailureName.Unreachable)
            {
                // A pause lies between two attempts.
                await Task.Yield();
            }
        }
        Assert.Equal("on\n", said);
    }

    [Theory]
    [InlineData("127.0.0.1;id", "ada")]
    [InlineData("$(id)", "ada")]
    [InlineData("-oProxyCommand=id", "ada")]
    [InlineData("127.0.0.1\nProxyCommand id", "ada")]
    [InlineData("127.0.0.1", "ada;id")]
    [InlineData("127.0.0.1", "ada\n  ProxyCommand id")]
    [InlineData("127.0.0.1", "`id`")]
    public async Task A_host_or_user_that_means_more_to_a_shell_is_refused(string host, string user)
    {
        foreach (var odd in new[] { Behind with { Through = Gate with { Host = host, User = user } }, Behind with { Host = host, User = user } })
        {
            foreach (var act in new Func<Task>[] { () => ConnectAsync(odd), () => _gate.Sites.ScanAsync(odd, _gate.Key, Cancel) })
            {
                var refused = await Assert.ThrowsAsync<PlaceException>(act);
                Assert.Equal((FaultKind.Final, FailureName.InvalidDescription), (refused.Kind, refused.Failure.Name));
            }
        }
    }

    private Task<ISite> ConnectAsync(SiteAddress address) => _gate.Sites.ConnectAsync(address, _gate.Key, Cancel);

    private async Task NotTrustedAsync(SiteAddress address, string? jumpHost, string shown)
    {
        var fault = await FailsAsync(address, FailureName.HostKeyChanged, jumpHost, "a host key that nobody confirmed");
        Assert.Contains(shown, fault.Failure.Evidence);
    }

    private async Task<PlaceException> FailsAsync(SiteAddress address, FailureName name, string? jumpHost, string words)
    {
        var fault = await Assert.ThrowsAsync<PlaceException>(() => ConnectAsync(address));
        Assert.Equal((name, jumpHost), (fault.Failure.Name, fault.JumpHost));
        Assert.Contains(words, fault.Failure.Message);
        return fault;
    }
}
