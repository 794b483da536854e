using System.Diagnostics;
using System.Net;
using System.Text;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Jobs.Addresses;
using Portal.Jobs.Sites;
using Portal.Jobs.Sites.OpenSsh;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Sites;

public sealed class ConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly SshdFixture _sshd = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _sshd.InitializeAsync();

    public ValueTask DisposeAsync() => _sshd.DisposeAsync();

    [Fact]
    public async Task Another_host_key_is_named_with_both_fingerprints()
    {
        await _sshd.StopAsync();
        await _sshd.NewHostKeyAsync();
        await _sshd.StartAsync();
        var now = (await _sshd.Sites.ScanAsync(_sshd.Address, null, Cancel)).Single();
        var fault = await Assert.ThrowsAsync<PlaceException>(_sshd.ConnectAsync);
        Assert.Equal((FaultKind.Blocking, FailureName.HostKeyChanged), (fault.Kind, fault.Failure.Name));
        Assert.Contains(now.Fingerprint, fault.Failure.Evidence);
        Assert.Contains(_sshd.Address.HostKeys[0].Fingerprint, fault.Failure.Evidence);
    }

    [Fact]
    public async Task A_key_of_another_type_or_none_pinned_is_not_spoken_to()
    {
        var other = _sshd.Address with { HostKeys = [new HostKey("ssh-rsa", "SHA256:x", "AAAAB3NzaC1yc2EAAAADAQABAAAAQQ==")] };
        foreach (var address in (SiteAddress[])[other, _sshd.Address with { HostKeys = [] }])
        {
            var fault = await Assert.ThrowsAsync<PlaceException>(() => _sshd.Sites.ConnectAsync(address, _sshd.Key, Cancel));
            Assert.Equal(FailureName.HostKeyChanged, fault.Failure.Name);
        }
    }

    [Fact]
    public async Task A_refused_login_and_a_silent_port_have_names()
    {
        await File.WriteAllTextAsync(Path.Combine(_sshd.Folder, "authorized_keys"), "", Cancel);
        var refused = await Assert.ThrowsAsync<PlaceException>(_sshd.ConnectAsync);
        Assert.Equal((FaultKind.Blocking, FailureName.LoginRefused), (refused.Kind, refused.Failure.Name));
        await _sshd.StopAsync();
        var silent = await Assert.ThrowsAsync<PlaceException>(_sshd.ConnectAsync);
        Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (silent.Kind, silent.Failure.Name));
    }

    [Fact]
    public async Task It_is_connected_to_the_address_that_was_looked_at()
    {
        var named = _sshd.Address with { Host = Reach.Named };
        Assert.Equal(_sshd.Address.HostKeys, await By(Reach.Knowing(Reach.Here, "127.0.0.1")).ScanAsync(named, null, Cancel));
        await using (var site = await By(Reach.Knowing(Reach.Here, "127.0.0.1")).ConnectAsync(named, _sshd.Key, Cancel))
            Assert.Equal("here\n", (await site.RunAsync("echo here", Limit, Cancel)).Output);
        foreach (var act in (Func<OpenSshSites, SiteAddress, Task>[])[
            (sites, at) => sites.ScanAsync(at, null, Cancel), (sites, at) => sites.ConnectAsync(at, _sshd.Key, Cancel)])
        {
            var fault = await Assert.ThrowsAsync<PlaceException>(() => act(By(Reach.Knowing("*", "127.0.0.1")), named));
            Assert.Equal((FaultKind.Blocking, FailureName.AddressRefused), (fault.Kind, fault.Failure.Name));
            fault = await Assert.ThrowsAsync<PlaceException>(() => act(By(Reach.Knowing("*")), named with { Host = "nobody.test" }));
            Assert.Equal((FaultKind.Transient, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
        }
    }

    [Fact]
    public async Task Of_several_addresses_the_one_that_answers_is_taken()
    {
        OutgoingGate gate = new(new() { Allow = Reach.Here })
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]),
        };
        var named = _sshd.Address with { Host = Reach.Named };
        Assert.Equal(_sshd.Address.HostKeys, await By(gate).ScanAsync(named, null, Cancel));
        await using var site = await By(gate).ConnectAsync(named, _sshd.Key, Cancel);
        Assert.Equal("here\n", (await site.RunAsync("echo here", Limit, Cancel)).Output);
    }

    private OpenSshSites By(OutgoingGate gate) => new(_sshd.Settings with { Outgoing = gate }, TimeProvider.System);

    [Fact]
    public async Task A_cut_connection_is_unknown_and_the_next_command_connects_anew()
    {
        await using var site = await _sshd.ConnectAsync();
        var started = Path.Combine(_sshd.Folder, "started");
        var running = site.RunAsync($"echo >{started}; sleep 600", Limit, Cancel);
        var path = Path.Combine(_sshd.Folder, "big");
        await using (var file = File.Create(path)) file.SetLength(1L << 30);
        await using var stream = await site.ReadAsync(path, 0, Cancel);
        await stream.ReadExactlyAsync(new byte[1000], Cancel);
        var writing = site.AppendAsync(Path.Combine(_sshd.Folder, "part"), 0, new Endless(), Cancel);
        while ((await site.StatAsync(started, Cancel)) is null || await site.StatAsync(Path.Combine(_sshd.Folder, "part"), Cancel) is null)
            await Task.Yield();
        await _sshd.StopAsync();
        Assert.Equal(FaultKind.Unknown, (await Assert.ThrowsAsync<PlaceException>(() => running)).Kind);
        Assert.Equal(FaultKind.Unknown, (await Assert.ThrowsAsync<PlaceException>(() => writing)).Kind);
        var cut = await Assert.ThrowsAsync<PlaceException>(() => stream.CopyToAsync(Stream.Null, Cancel));
        Assert.Equal(FaultKind.Transient, cut.Kind);
        await _sshd.StartAsync();
        Assert.Equal("on\n", (await site.RunAsync("echo on", Limit, Cancel)).Output);
    }

    [Fact]
    public async Task The_key_is_in_no_file_and_nothing_is_left_afterwards()
    {
        var run = _sshd.Settings.RuntimeFolder!;
        var secret = Encoding.ASCII.GetString(_sshd.Pair.PrivateKey).Split('\n')[2];
        await using (var site = await _sshd.ConnectAsync())
        {
            await site.RunAsync("true", Limit, Cancel);
            Assert.NotEmpty(Processes(run));
            foreach (var file in Directory.EnumerateFiles(run, "*", SearchOption.AllDirectories))
                if (new FileInfo(file).Length > 0)
                    Assert.DoesNotContain(secret, await File.ReadAllTextAsync(file, Cancel));
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(run));
        Assert.Empty(Processes(run));
    }

    [Fact]
    public void What_a_killed_portal_left_is_swept()
    {
        var run = _sshd.Settings.RuntimeFolder!;
        var left = Directory.CreateDirectory(Path.Combine(run, "1-1-abc"));
        var stranger = Directory.CreateDirectory(Path.Combine(run, "other"));
        _ = new OpenSshSites(_sshd.Settings, TimeProvider.System);
        Assert.Equal((false, true), (Directory.Exists(left.FullName), Directory.Exists(stranger.FullName)));
    }

    private static List<string> Processes(string word) =>
        [.. Process.GetProcesses().Select(process => CommandLine(process.Id)).Where(line => line.Contains(word, StringComparison.Ordinal))];

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => count;
    }
}
