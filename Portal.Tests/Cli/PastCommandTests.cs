using System.Text.Json;
using Portal.Domain.Audit;
using Portal.EventStore;
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

    [Fact]
    public async Task A_machine_a_project_and_a_key_are_shown_as_they_were_and_what_happened_to_the_key()
    {
        var environment = await CommandLine.AdaAsync(ground);
        var was = await shell.RunAsync("", environment, "machine", "show", "demo", "--at", "1");
        Assert.Contains("1 of 2: machine_registered", was.Text);
        Assert.Contains("login.example.org", was.Text);
        Assert.Matches("BEFORE +AFTER", was.Text);
        var pinned = JsonElement.Parse((await shell.RunAsync("", environment, "machine", "show", $"{ground.Machine}", "--at",
            "2", "-o", "json")).Text);
        Assert.Equal("host_keys_pinned", pinned.GetProperty("event").GetProperty("type").GetString());
        var project = await shell.RunAsync("", environment, "project", "show", "Personal");
        Assert.Matches("owner", project.Text);
        Assert.Contains("project_created", (await shell.RunAsync("", environment, "project", "show", "Personal", "--at",
            "1")).Text);
        Assert.Contains("(VERSION_UNKNOWN)", (await shell.RunAsync("", environment, "project", "show", "Personal", "--at",
            "99")).Error);

        var history = await shell.RunAsync("", environment, "key", "history", "demo");
        Assert.Matches("Made +SHA256:", history.Text);
        Assert.Contains("HostKeyPinned", history.Text);
        Assert.Single((await shell.RunAsync("", environment, "key", "history", "demo", "-n", "1", "-o", "json")).Text
            .Split("\"successor\"").Skip(1));
        Assert.Contains("1 of 1: credential_created", (await shell.RunAsync("", environment, "key", "show", "demo", "--at",
            "1")).Text);
        Assert.Equal(2, (await shell.RunAsync("", environment, "key", "show", "demo")).ExitCode);
        Assert.Contains("(NOT_FOUND)", (await shell.RunAsync("", environment, "key", "history", $"{Guid.NewGuid():n}")).Error);
        await ground.ReadyMachineAsync("keyless");
        Assert.Contains("You have no key on keyless.", (await shell.RunAsync("", environment, "key", "history",
            "keyless")).Error);
    }

    [Fact]
    public async Task What_led_to_an_event_is_drawn_as_a_tree()
    {
        var environment = await CommandLine.AdaAsync(ground);
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(
            await ground.Get<IEventStore>().HighestPositionAsync(TestContext.Current.CancellationToken),
                TestContext.Current.CancellationToken);
        var found = JsonElement.Parse((await shell.RunAsync("", environment, "audit", "events", "--run", $"{run}", "-n", "1",
            "-o", "json")).Text);
        var position = found.GetProperty("position").GetInt64();
        var tree = await shell.RunAsync("", environment, "audit", "causes", $"{position}");
        Assert.Matches($"(?m)^> *{position}  .* run-{run}  ", tree.Text);
        var one = JsonElement.Parse((await shell.RunAsync("", environment, "audit", "causes", $"{position}", "-o", "json")).Text);
        Assert.Contains(one.GetProperty("events").EnumerateArray(), caused => caused.GetProperty("event").GetProperty("type")
            .GetString() == "run_submitted");
        Assert.Contains("(POSITION_AHEAD)", (await shell.RunAsync("", environment, "audit", "causes", "999999999")).Error);
    }

    public void Dispose() => shell.Dispose();
}
