using System.Text.Json;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary>What shells and configuration files have to do with the command line.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ShellTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("portal run sub", "submit")]
    [InlineData("portal machine host", "host-keys")]
    [InlineData("portal -o y", "yaml")]
    [InlineData("portal run submit --mach", "--machine")]
    public async Task Bash_completes_what_was_begun(string line, string expected)
    {
        var completed = await InShellAsync("bash", $$"""
            source <(portal completion bash)
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}}
            _portal
            printf '%s\n' "${COMPREPLY[@]}"
            """);
        Assert.Equal(expected, completed.Trim());
    }

    [Theory]
    [InlineData("portal run sub", "submit")]
    [InlineData("portal -o y", "yaml")]
    public async Task So_does_zsh(string line, string expected)
    {
        // What the completion system of a terminal would do with it.
        var completed = await InShellAsync("zsh", $$"""
            compdef() { :; }
            compadd() { shift; print -l -- $@; }
            source <(portal completion zsh)
            words=({{line}}) CURRENT={{line.Split(' ').Length}}
            _portal
            """);
        Assert.Equal(expected, completed.Trim());
    }

    [Fact]
    public async Task A_file_weighs_less_than_the_environment_and_that_less_than_a_flag()
    {
        var ada = await CommandLine.AdaAsync(ground);
        var kept = new { url = ada["PORTAL_URL"], token = ada["PORTAL_TOKEN"], output = "yaml" };
        await File.WriteAllTextAsync(shell.Config, JsonSerializer.Serialize(kept), Cancel);
        Assert.StartsWith("- id: ", (await shell.RunAsync("", null, "machine", "list")).Text);
        Assert.StartsWith("[", (await shell.RunAsync("", new() { ["PORTAL_OUTPUT"] = "json" }, "machine", "list")).Text);
        Assert.StartsWith("KEY",
            (await shell.RunAsync("", new() { ["PORTAL_OUTPUT"] = "json" }, "machine", "list", "-o", "table")).Text);
        ada["PORTAL_URL"] = "http://127.0.0.1:9";
        Assert.Equal(4, (await shell.RunAsync("", ada, "machine", "list")).ExitCode);
        Assert.StartsWith("- id: ", (await shell.RunAsync("", ada, "machine", "list", "--url", ground.Portal.Address.ToString())).Text);
    }

    [Fact]
    public async Task A_broken_file_is_named_with_the_line()
    {
        await File.WriteAllTextAsync(shell.Config, "{\n  url\n}", Cancel);
        var said = await shell.RunAsync("", null, "machine", "list");
        Assert.Equal(2, said.ExitCode);
        Assert.Contains($"{shell.Config}, line 2", said.Error);
    }

    public void Dispose() => shell.Dispose();

    private async Task<string> InShellAsync(string program, string script) =>
        (await SiteCommand.RunAsync(program, ["-c", script], "",
        new Dictionary<string, string> { ["PATH"] = $"{shell.Installed()}:{Environment.GetEnvironmentVariable("PATH")}" },
            Cancel)).Text;
}
