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
