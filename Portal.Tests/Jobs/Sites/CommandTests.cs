using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Tests.Jobs.Sites;

public sealed class CommandTests(SshdFixture sshd) : IClassFixture<SshdFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_complaints_and_exit_code_come_apart_and_whole()
    {
        await using var site = await sshd.ConnectAsync();
        var result = await site.RunAsync("printf 'a\\nb'; printf 'c\\n' >&2; exit 7", Limit, Cancel);
        Assert.Equal(new CommandResult(7, "a\nb", "c\n"), result);
        Assert.Equal(128 + 9, (await site.RunAsync("kill -9 $(exec sh -c 'echo $PPID')", Limit, Cancel)).ExitCode);
    }

    [Fact]
    public async Task One_command_leaves_nothing_to_the_next()
    {
        await using var site = await sshd.ConnectAsync();
        var home = (await site.RunAsync("pwd", Limit, Cancel)).Output;
        await site.RunAsync("cd /; X=1; export X; set -e; false", Limit, Cancel);
        Assert.Equal(home + ":\n", (await site.RunAsync("pwd; echo $X:", Limit, Cancel)).Output);
        Assert.NotEqual(0, (await site.RunAsync("if then fi (", Limit, Cancel)).ExitCode);
        Assert.Equal("", (await site.RunAsync("cat; read x; echo -n $x", Limit, Cancel)).Output);
        Assert.Equal("on\n", (await site.RunAsync("echo on", Limit, Cancel)).Output);
    }

    [Fact]
    public async Task Whatever_a_string_holds_the_shell_gives_it_back()
    {
        await using var site = await sshd.ConnectAsync();
        var random = new Random(20261121);
        const string Odd = "'\"\\`$(){}[]<>|&;!*?~#%^=\n\r\t \u0001\u007f-aZ0é漢\U0001F600";
        var runes = Odd.EnumerateRunes().ToArray();
        var values = Enumerable.Range(0, 3000).Select(_ =>
            string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => runes[random.Next(runes.Length)]))).ToList();
        foreach (var some in values.Chunk(300))
        {
            var result = await site.RunAsync("printf '%s\\0' " + Shell.QuoteAll(some), Limit, Cancel);
            Assert.Equal(some, result.Output.Split('\0')[..^1]);
        }
    }

    [Fact]
    public async Task A_large_command_travels_whole()
    {
        await using var site = await sshd.ConnectAsync();
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(at => $"{at:d7}'\n"));
        var result = await site.RunAsync($"cat <<'END_OF_TEXT'\n{text}END_OF_TEXT\n", Limit, Cancel);
        Assert.Equal(text, result.Output);
    }

    [Fact]
    public async Task Forty_commands_at_a_time_all_get_done()
    {
        await using var site = await sshd.ConnectAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(at => site.RunAsync($"sleep 0.05; echo {at}", Limit, Cancel)));
        Assert.Equal(Enumerable.Range(0, 40).Select(at => $"{at}\n"), results.Select(result => result.Output));
    }

    [Fact]
    public async Task Twelve_streams_and_twelve_commands_open_a_second_connection()
    {
        await using var site = await sshd.ConnectAsync();
        var path = Path.Combine(sshd.Folder, "shared");
        await File.WriteAllTextAsync(path, "text", Cancel);
        var streams = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => site.ReadAsync(path, 1, Cancel)));
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => site.RunAsync("echo here", Limit, Cancel)));
        Assert.All(results, result => Assert.Equal("here\n", result.Output));
        foreach (var stream in streams)
        {
            using var reader = new StreamReader(stream);
            Assert.Equal("ext", await reader.ReadToEndAsync(Cancel));
        }
    }

    [Fact]
    public async Task Too_much_output_is_refused_and_the_next_command_runs()
    {
        await using var site = await sshd.ConnectAsync();
        var fault = await Assert.ThrowsAsync<PlaceException>(() => site.RunAsync("head -c 20971520 /dev/zero", Limit, Cancel));
        Assert.Equal(FaultKind.Final, fault.Kind);
        Assert.Equal("on\n", (await site.RunAsync("echo on", Limit, Cancel)).Output);
        Assert.Equal(16 << 20, (await site.RunAsync("head -c 16777216 /dev/zero", Limit, Cancel)).Output.Length);
    }

    [Fact]
    public async Task A_command_over_its_limit_is_unknown_and_ended_with_its_children()
    {
        await using var site = await sshd.ConnectAsync();
        var mark = Path.Combine(sshd.Folder, "pid");
        var fault = await Assert.ThrowsAsync<PlaceException>(
            () => site.RunAsync($"sleep 600 & echo $! >{mark}; wait", TimeSpan.FromSeconds(1), Cancel));
        Assert.Equal((FaultKind.Unknown, FailureName.TimeLimit), (fault.Kind, fault.Failure.Name));
        var id = (await File.ReadAllTextAsync(mark, Cancel)).Trim();
        var state = (await site.RunAsync($"ps -o stat= -p {id}", Limit, Cancel)).Output;
        Assert.True(state.Length == 0 || state[0] == 'Z', state);
    }
}
