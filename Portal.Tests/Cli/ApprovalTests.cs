using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary><c>portal run approvals</c> and <c>approval</c>, of a run whose events the test records as a worker would.</summary>
public sealed class ApprovalTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    [Fact]
    public async Task What_waits_is_listed_shown_and_told_while_the_run_is_watched()
    {
        var environment = await CommandLine.AdaAsync(ground);
        var id = (await ground.RunAsync()).Run;
        var run = SchemaGround.RunOf(id);
        var none = await shell.RunAsync("", environment, "run", "approval", $"{run}");
        Assert.Equal((3, true), (none.ExitCode, none.Error.Contains("(NOT_FOUND)", StringComparison.Ordinal)));
        await ground.HappenAsync<Run>(run.Value, new ApprovalDemanded(run, new(CodeRule.New, false, null, false)));
        await RecordedRun.AskAsync(ground, id);
        var listed = await shell.RunAsync("", environment, "run", "approvals");
        Assert.Contains($"{run}", listed.Text, StringComparison.Ordinal);
        Assert.Contains("NewCode", listed.Text, StringComparison.Ordinal);
        var shown = await shell.RunAsync("", environment, "run", "approval", $"{run}");
        Assert.Contains(RecordedRun.Hash, shown.Text, StringComparison.Ordinal);
        Assert.Contains($"on the page /runs/{run}", shown.Text, StringComparison.Ordinal);
        await ground.HappenAsync<Run>(run.Value, new ApprovalRefused(run, RecordedRun.Hash, ground.Ada.User!.Value, "Not this."),
            new RunFailed(run, new(FailureName.ApprovalRefused, "No.")));
        var watched = await shell.RunAsync("", environment, "run", "watch", $"{run}");
        Assert.Equal(1, watched.ExitCode);
        Assert.Contains($"waits for approval: NewCode, sha256 {RecordedRun.Hash}", watched.Output, StringComparison.Ordinal);
        Assert.Contains("not approved: Not this.", watched.Output, StringComparison.Ordinal);
    }

    public void Dispose() => shell.Dispose();
}
