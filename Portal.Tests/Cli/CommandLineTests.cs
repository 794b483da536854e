using Portal.Cli.Output;
using Portal.Cli.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Cli;

/// <summary>The command line as a process of its own, the way scripts use it.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CommandLineTests(RunningPortalFixture portals) : IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sign_up_keeps_a_token_that_its_owner_alone_may_read_and_works_from_then_on()
    {
        var portal = await portals.PortalAsync(Cancel);
        var mail = $"{Guid.NewGuid():n}@example.org";
        var made = await RunAsync("correct horse battery\n", null, "login", "--url", portal.Address.ToString(), "--sign-up",
            "--mail", mail, "--password-file", "-");
        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(shell.Config));
        var listed = await RunAsync("", null, "machine", "list");
        Assert.True(listed.ExitCode == 0, listed.Error);
        Assert.StartsWith("KEY", listed.Output);
        var again = await RunAsync("correct horse battery\n", null, "login", "--mail", mail, "--password-file", "-");
        Assert.True(again.ExitCode == 0, again.Error);
        var wrong = await RunAsync("not the password\n", null, "login", "--mail", mail, "--password-file", "-");
        Assert.Equal(3, wrong.ExitCode);
        Assert.Contains("not right", wrong.Error);
    }

    [Fact]
    public async Task Each_kind_of_trouble_has_an_exit_code_of_its_own()
    {
        var environment = await SignedInAsync();
        Assert.Equal(2, (await RunAsync("", environment, "machine", "sing")).ExitCode);
        Assert.Equal(2, (await RunAsync("", environment, "workflow", "add", "/no/such/file")).ExitCode);
        Assert.Equal(2, (await RunAsync("", environment, "machine", "list", "-o", "xml")).ExitCode);
        Assert.Equal(2, (await RunAsync("", environment, "run", "show", "no-key")).ExitCode);
        Assert.Equal(2, (await RunAsync("", null, "machine", "list")).ExitCode);
        Assert.Equal(3, (await RunAsync("", environment, "run", "show", "00000000000000000000000000000000")).ExitCode);
        var refused = await RunAsync("portal: 1\nname: [\n", environment, "workflow", "add", "-");
        Assert.Equal(3, refused.ExitCode);
        Assert.Matches("line [0-9]+, column [0-9]+: .*\\([A-Z_]+\\)", refused.Error);
        Assert.Equal(4, (await RunAsync("", new() { ["PORTAL_URL"] = "http://127.0.0.1:9", ["PORTAL_TOKEN"] = "x" }, "machine",
            "list")).ExitCode);
    }

    [Theory]
    [InlineData("There is no machine with the key or name nope; see `portal machine list`.", "machine", "show", "nope")]
    [InlineData("There is no such run, or not for you. (NOT_FOUND)", "run", "show", "00000000000000000000000000000000")]
    [InlineData("There is no phase Nope. There are Submitted, ", "run", "list", "--phase", "Nope")]
    [InlineData("--once takes a UUID, not soon.", "run", "submit", "-m", "m", "-w", "w", "--once", "soon")]
    [InlineData("--task takes a whole number, not x.", "run", "logs", "00000000000000000000000000000000", "--task", "x")]
    [InlineData("localhost is no address of a portal: it begins with http", "machine", "list", "--url", "localhost")]
    public async Task What_is_wrong_is_told_by_its_name(string said, params string[] command) =>
        Assert.StartsWith(said, (await RunAsync("", await SignedInAsync(), command)).Error, StringComparison.Ordinal);

    [Fact]
    public async Task A_portal_that_speaks_no_TLS_is_told_as_that()
    {
        var portal = await portals.PortalAsync(Cancel);
        var address = new UriBuilder(portal.Address) { Scheme = "https" }.Uri.ToString();
        var answer = await RunAsync("", new() { ["PORTAL_URL"] = address, ["PORTAL_TOKEN"] = "x" }, "machine", "list");
        Assert.Equal(4, answer.ExitCode);
        Assert.DoesNotContain("inner exception", answer.Error);
        Assert.Contains("SSL connection could not be established, ", answer.Error);
    }

    [Fact]
    public void The_phases_that_can_be_asked_for_are_those_of_the_schema()
    {
        var schema = File.ReadAllText(Repository.PathOf("schema.graphql"));
        var phases = schema.Split("\nenum Phase {")[1].Split("\n}")[0].Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && line[0] != '"');
        Assert.Equal(phases.Select(Words.Of).Order(StringComparer.Ordinal), ListCommand.Phases.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_in_the_file_is_not_shown_to_another_portal()
    {
        var portal = await portals.PortalAsync(Cancel);
        await File.WriteAllTextAsync(shell.Config, $$"""{ "url": "{{portal.Address}}", "token": "portal_pat_kept" }""", Cancel);
        var answer = await RunAsync("", null, "machine", "list", "--url", "http://127.0.0.1:9");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("No access token", answer.Error);
    }

    public void Dispose() => shell.Dispose();

    private async Task<Dictionary<string, string>> SignedInAsync()
    {
        var portal = await portals.PortalAsync(Cancel);
        return CommandLine.SignedIn(portal.Address, await RestClient.TokenAsync(portal, Cancel));
    }

    private Task<CommandOutcome> RunAsync(string input, Dictionary<string, string>? environment, params string[] arguments) =>
        shell.RunAsync(input, environment, arguments);
}
