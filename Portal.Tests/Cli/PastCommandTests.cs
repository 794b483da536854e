using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary><c>portal run show --at</c> and <c>portal run compare</c>.</summary>
public sealed class PastCommandTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    [Fact]
    public async Task A_run_is_shown_as_it_was_and_held_against_another()
    {
        var environment = await CommandLine.AdaAsync(ground);
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        var other = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await RecordedRun.BreakAsync(ground, run);
        var was = await shell.RunAsync("", environment, "run", "show", $"{run}", "--at", "3");
        Assert.Contains("3 of 6: step_submitting", was.Text);
        Assert.Contains("Submitting", was.Text);
        Assert.DoesNotContain("It broke.", was.Text);
        var late = await shell.RunAsync("", environment, "run", "show", $"{run}", "--at", "2999-01-01");
        Assert.Contains("(TIME_AHEAD)", late.Error);
        var compared = await shell.RunAsync("", environment, "run", "compare", $"{run}", $"{other}");
        Assert.Matches("Outcome +Failed +Submitted", compared.Text);
        Assert.DoesNotContain("hello", compared.Text);
        Assert.Contains("hello", (await shell.RunAsync("", environment, "run", "compare", $"{run}", $"{other}", "--all")).Text);
        Assert.Contains("Nothing differs.", (await shell.RunAsync("", environment, "run", "compare", $"{run}", $"{run}")).Text);
        var wrong = await shell.RunAsync("", environment, "run", "show", $"{run}", "--at", "yesterday evening");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("is no moment", wrong.Error);
    }

    public void Dispose() => shell.Dispose();
}
