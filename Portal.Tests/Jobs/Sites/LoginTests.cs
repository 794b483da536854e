namespace Portal.Tests.Jobs.Sites;

public sealed class LoginTests(SshdFixture sshd) : IClassFixture<SshdFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("echo Welcome; echo motd >&2; PATH=/opt/sched/bin:$PATH; export PATH", "echo rc noise", true)]
    [InlineData("read answer; cat; PATH=/opt/sched/bin:$PATH; export PATH", "printf 'no newline'", true)]
    [InlineData("echo bye; exit 1", "", false)]
    [InlineData("set -e; false", "echo x; echo y >&2", false)]
    public async Task Whatever_the_profile_does_commands_and_streams_are_clean(string profile, string rc, bool path)
    {
        var home = Path.Combine(sshd.Folder, "home");
        await File.WriteAllTextAsync(Path.Combine(home, ".profile"), profile + "\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(home, ".bashrc"), rc + "\n", Cancel);
        await using var site = await sshd.ConnectAsync();
        var result = await site.RunAsync("echo one; echo two >&2; echo $PATH", TimeSpan.FromSeconds(60), Cancel);
        Assert.StartsWith("one\n", result.Output);
        Assert.Equal("two\n", result.Error);
        Assert.Equal(path, result.Output.Contains("/opt/sched/bin", StringComparison.Ordinal));
        await site.AppendAsync(Path.Combine(home, "file"), 0, new MemoryStream("clean"u8.ToArray()), Cancel);
        await using var stream = await site.ReadAsync(Path.Combine(home, "file"), 0, Cancel);
        using var reader = new StreamReader(stream);
        Assert.Equal("clean", await reader.ReadToEndAsync(Cancel));
    }
}
