using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Sites.OpenSsh;
using Portal.Web.Composition;

namespace Portal.Tests.Jobs.Sites;

/// <summary>Which ciphers are spoken, against a real sshd that has the old ones alone.</summary>
public sealed class CipherTests : IAsyncLifetime
{
    private readonly SshdFixture sshd = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => sshd.InitializeAsync();

    public ValueTask DisposeAsync() => sshd.DisposeAsync();

    [Fact]
    public async Task What_does_not_authenticate_is_not_spoken_unless_the_operator_says_so()
    {
        await (await sshd.ConnectAsync()).DisposeAsync();
        await sshd.StopAsync();
        await sshd.StartAsync("Ciphers aes256-ctr,aes128-ctr");
        var fault = await Assert.ThrowsAsync<PlaceException>(sshd.ConnectAsync);
        Assert.Equal((FaultKind.Blocking, FailureName.Unreachable), (fault.Kind, fault.Failure.Name));
        Assert.Contains("offers no encryption", fault.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("aes256-ctr", fault.Failure.Evidence, StringComparison.Ordinal);

        var settings = new SshSettings { Ciphers = "aes256-gcm@openssh.com,aes256-ctr" }.Checked() with
        {
            RuntimeFolder = sshd.Settings.RuntimeFolder, Outgoing = sshd.Settings.Outgoing,
        };
        await using var site = await new OpenSshSites(settings, TimeProvider.System).ConnectAsync(sshd.Address, sshd.Key, Cancel);
        Assert.Equal("aes256-gcm@openssh.com,aes256-ctr", settings.Ciphers);
    }

    [Fact]
    public void By_itself_every_cipher_is_one_that_authenticates()
    {
        Assert.All(new SshSettings().Checked().Ciphers.Split(','), cipher => Assert.Contains(cipher,
            (string[])["aes128-gcm@openssh.com", "aes256-gcm@openssh.com", "chacha20-poly1305@openssh.com"]));
        foreach (var odd in (string[])["aes256-ctr\nProxyCommand x", "aes256-ctr,", " ", "+aes256-ctr", "AES"])
            Assert.Contains("Portal:Ssh:Ciphers", Assert.Throws<FormatException>(() => new SshSettings { Ciphers = odd }.Checked()).Message,
                StringComparison.Ordinal);
    }
}
