using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.Transport;

namespace Portal.Tests.GraphQL.Recipes;

/// <summary>Every recipe of docs/graphql.md does what the page says, against the real portal and the demo site.</summary>
public sealed class RecipeTests(RecipeGround ground, NpmClients clients) : IClassFixture<RecipeGround>, IClassFixture<NpmClients>
{
    private const string Succeeded = "SUCCEEDED 1 of 1 steps";

    private static readonly string Packages = Repository.PathOf("Portal.Tests", "GraphQL", "Transport", "npm");

    [Fact]
    public void There_are_ten() => Assert.Equal(10, Recipe.All.Count);

    [Fact]
    public async Task A_machine_is_registered_and_listed_with_its_state()
    {
        Assert.StartsWith("ssh-ed25519 ", ground.Key[0], StringComparison.Ordinal);

        var lines = RecipeGround.Lines(await ground.DoAsync("List machines with their state")).Select(line => line.Split('\t'));

        var machine = Assert.Single(lines, line => line[0] == "demo-cluster");
        Assert.Equal(("READY", "key not tested"), (machine[2], machine[3]));
    }

    [Fact]
    public async Task A_machine_with_another_host_key_is_refused()
    {
        var outcome = await ground.TryAsync("Register a machine",
        [
            ("MACHINE_NAME", "other"), ("MACHINE_HOST", "127.0.0.1"), ("MACHINE_PORT", $"{ground.SshPort}"),
            ("MACHINE_USER", "ada"), ("MACHINE_FOLDER", "/work"), ("MACHINE_FINGERPRINT", "SHA256:no"),
        ]);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("answers with other keys", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Follow a run from Python")]
    [InlineData("Follow a run from Node.js with graphql-ws")]
    public async Task A_run_is_submitted_and_followed_to_its_end(string title)
    {
        Assert.NotNull(clients);
        var said = (await ground.TryAsync(title, [], Packages)).Text;

        Assert.StartsWith(Succeeded, RecipeGround.Lines(said)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_are_fetched_with_their_cause()
    {
        var failing = await ground.WorkflowAsync(
            "portal: 1\nname: failing\ntitle: Failing\nsteps:\n  - { id: a, command: exit 3, resources: { time: 2m } }\n");
        var ended = await ground.TryAsync("Follow a run from Python", [("PORTAL_RUN", await ground.SubmitAsync(failing))]);
        Assert.Equal(1, ended.ExitCode);

        var line = Assert.Single(RecipeGround.Lines(await ground.DoAsync("Fetch all failures of last week"))).Split('\t');

        Assert.Equal(("Failing", "demo-cluster", "EXIT_CODE"), (line[1], line[2], line[3]));
    }

    [Fact]
    public async Task Outputs_are_downloaded()
    {
        await ground.DoAsync("Follow a run from Python");

        Assert.Equal("summary.csv\n", await ground.DoAsync("Download the outputs of a run"));

        var file = Path.Combine(RecipeGround.Folder, "summary.csv");
        Assert.Equal("grid 48\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_log_is_watched_to_its_end() => Assert.Equal("grid 48\n", await ground.DoAsync("Watch a log"));

    [Fact]
    public async Task Following_goes_on_where_it_was_cut()
    {
        const string Title = "Go on following after a cut";
        var position = Path.Combine(RecipeGround.Folder, "position");
        var all = RecipeGround.Lines(await ground.DoAsync(Title));
        Assert.Contains(all, line => line.EndsWith(" run_succeeded", StringComparison.Ordinal));
        var events = await ground.PositionsAsync();
        Assert.Equal(events.Count, all.Length);
        await File.WriteAllTextAsync(position, events[2], TestContext.Current.CancellationToken);

        Assert.Equal(all[3..], RecipeGround.Lines(await ground.DoAsync(Title)));

        Assert.Empty(await ground.DoAsync(Title));
    }

    [Fact]
    public async Task All_runs_of_a_workflow_are_cancelled()
    {
        var sleeping = await ground.WorkflowAsync(
            "portal: 1\nname: sleeping\ntitle: Sleeping\nsteps:\n  - { id: a, command: sleep 600, resources: { time: 20m } }\n");
        string[] runs = [await ground.SubmitAsync(sleeping), await ground.SubmitAsync(sleeping)];

        var cancelled = await ground.DoAsync("Cancel all runs of a workflow", ("PORTAL_WORKFLOW", "sleeping"));

        Assert.Equal("Sleeping\nSleeping\n", cancelled);
        foreach (var run in runs)
        {
            var ended = await ground.TryAsync("Follow a run from Python", [("PORTAL_RUN", run)]);
            Assert.StartsWith("CANCELLED ", RecipeGround.Lines(ended.Output)[^1], StringComparison.Ordinal);
        }
    }
}
