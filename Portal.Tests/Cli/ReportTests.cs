using Portal.Domain.Reports;
using Portal.EventStore;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Cli;

/// <summary><c>portal report usage</c>.</summary>
public sealed class ReportTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    [Fact]
    public async Task What_was_used_is_a_table_and_what_is_refused_is_told()
    {
        var environment = await CommandLine.AdaAsync(ground);
        await RecordedRun.BreakAsync(ground, SchemaGround.RunOf((await ground.RunAsync()).Run));
        await ground.Get<IDocuments>().CaughtUpAsync<RunUsage>(await ground.Get<IEventStore>().HighestPositionAsync(default), default);
        var project = ground.Ada.User!.Value.ToString();
        var shown = await shell.RunAsync("", environment, "report", "usage", "--project", project, "--by", "month", "machine");
        Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
        var lines = shown.Text.Split('\n');
        Assert.StartsWith("OF", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"\A\d{4}-\d\d, demo +1 +0 +1 +0 +0 ", lines[1]);
        Assert.Matches(@"\Ain all +1 +0 +1 +0 +0 .* \w+ 1\s*\z", lines[2]);
        foreach (var (words, code, told) in new (string[], int, string)[]
        {
            (["--project", project, "--from", "soon"], 3, "A month is a year and a month"),
            (["--project", "mine"], 2, "mine is no key"),
            ([], 3, "That is for auditors of this portal."),
        })
        {
            var refused = await shell.RunAsync("", environment, ["report", "usage", .. words]);
            Assert.Equal(code, refused.ExitCode);
            Assert.Contains(told, refused.Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => shell.Dispose();
}
