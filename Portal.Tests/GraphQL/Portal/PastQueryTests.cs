using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>Things as they were, by GraphQL: what is answered, and to whom.</summary>
public sealed class PastQueryTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string RunAt = """
        query($id: ID!, $at: MomentInput!) { runAt(id: $id, at: $at) {
            version latest phase steps { id status jobId } event { type } run { phase }
            differences { section name left right } } }
        """;

    private MemberGround People => new(ground.Portal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_told_as_it_was_and_nothing_of_what_came_later()
    {
        var (_, id) = await ground.RunAsync();
        await RecordedRun.BreakAsync(ground, SchemaGround.RunOf(id));
        var run = (await ground.DataAsync(ground.Ada, RunAt, new { id, at = new { version = 3 } })).GetProperty("runAt");
        Assert.Equal((3, 6), (run.GetProperty("version").GetInt64(), run.GetProperty("latest").GetInt64()));
        Assert.Equal("""[{"id":"a","status":"SUBMITTING","jobId":null}]""", run.GetProperty("steps").ToString());
        Assert.Equal(("SUBMITTED", "FAILED"),
            (run.GetProperty("phase").GetString(), run.GetProperty("run").GetProperty("phase").GetString()));
        Assert.Equal("step_submitting", run.GetProperty("event").GetProperty("type").GetString());
        Assert.Contains(run.GetProperty("differences").EnumerateArray(), row => row.ToString()
            == """{"section":"Step a","name":"State","left":"Waiting","right":"Submitting"}""");

        // The same by the position of that event, and by its time.
        var events = await ground.DataAsync(ground.Ada,
            "query($id: ID!) { run(id: $id) { events { nodes { position time } } } }", new { id });
        var third = events.GetProperty("run").GetProperty("events").GetProperty("nodes")[2];
        var position = new { position = third.GetProperty("position").GetInt64() };
        Assert.Equal(run.ToString(), (await ground.DataAsync(ground.Ada, RunAt, new { id, at = position }))
            .GetProperty("runAt").ToString());
        // Several events of one append bear one time: it is that after the last of them.
        var time = new { time = third.GetProperty("time").GetString() };
        var then = (await ground.DataAsync(ground.Ada, RunAt, new { id, at = time })).GetProperty("runAt");
        Assert.InRange(then.GetProperty("version").GetInt64(), 3, 6);
    }

    [Fact]
    public async Task What_there_was_not_is_refused_by_name_and_strangers_see_nothing()
    {
        var (_, id) = await ground.RunAsync();
        foreach (var (at, code) in new (object, string)[]
        {
            (new { version = 99 }, "VERSION_UNKNOWN"), (new { position = long.MaxValue }, "POSITION_AHEAD"),
            (new { position = 1 }, "BEFORE_BEGINNING"), (new { time = "2999-01-01T00:00:00Z" }, "TIME_AHEAD"),
            (new { version = 1, position = 2 }, "BAD_VARIABLES"), (new { }, "BAD_VARIABLES"),
        })
        {
            var extensions = (await ground.AskAsync(ground.Ada, RunAt, new { id, at })).GetProperty("errors")[0]
                .GetProperty("extensions");
            Assert.Equal(code, extensions.GetProperty("code").GetString());
        }
        var first = new { id, at = new { version = 1 } };
        Assert.Equal("""{"runAt":null}""", (await ground.DataAsync(ground.Stranger, RunAt, first)).ToString());
        Assert.Equal("""{"compareRuns":null}""", (await ground.DataAsync(ground.Stranger,
            "query($id: ID!) { compareRuns(left: $id, right: $id) { left { id } } }", new { id })).ToString());
    }

    [Fact]
    public async Task Two_runs_of_different_projects_are_compared_by_who_may_see_both()
    {
        var (_, one) = await ground.RunAsync();
        var owner = await People.SignUpAsync();
        var project = await People.ProjectAsync(owner);
        var request = PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, SchemaGround.RunOf(one), null,
            Cancel)).State.Request;
        var other = new Id<Run>(Guid.CreateVersion7());
        await ground.HappenAsync<Run>(other.Value, request with
        {
            RunId = other, ProjectId = project, Parameters = new Dictionary<string, string> { ["word"] = "bye" },
        });
        const string Compare = """
            query($left: ID!, $right: ID!, $all: Boolean!) { compareRuns(left: $left, right: $right) {
                right { key } differences(all: $all) { section name left right differs } } }
            """;
        var asked = new { left = one, right = SchemaGround.IdOf(other), all = false };
        Assert.Equal("""{"compareRuns":null}""", (await ground.DataAsync(ground.Ada, Compare, asked)).ToString());
        await ground.HappenAsync<Project>(project.Value, new MemberAdded(project, "Tides", ground.Ada.User!.Value, Role.Viewer));
        var compared = (await ground.DataAsync(ground.Ada, Compare, asked)).GetProperty("compareRuns");
        Assert.Equal(other.ToString(), compared.GetProperty("right").GetProperty("key").GetString());
        Assert.Equal("""{"section":"Parameters","name":"word","left":"hello","right":"bye","differs":true}""",
            Assert.Single(compared.GetProperty("differences").EnumerateArray()).ToString());
        var all = (await ground.DataAsync(ground.Ada, Compare, asked with { all = true })).GetProperty("compareRuns")
            .GetProperty("differences");
        Assert.Contains(all.EnumerateArray(), row => row.GetProperty("name").GetString() == "Scheduler");
    }

    [Fact]
    public async Task Who_was_in_a_project_is_told_to_who_may_read_its_events()
    {
        const string Ask = """
            query($id: ID!) { projectAt(id: $id, at: {version: 1}) { latest members { role } } }
            """;
        var owner = await People.SignUpAsync();
        var project = await People.ProjectAsync(owner);
        var (auditor, viewer) = (await People.MemberAsync(owner, project, Role.Auditor), await People.MemberAsync(owner,
            project, Role.Viewer));
        var id = SchemaGround.IdOf(project);
        var then = (await ground.DataAsync(auditor, Ask, new { id })).GetProperty("projectAt");
        Assert.Equal("""[{"role":"OWNER"}]""", then.GetProperty("members").ToString());
        Assert.True(then.GetProperty("latest").GetInt64() > 4);
        var refused = await ground.AskAsync(viewer, Ask, new { id });
        Assert.Equal("FORBIDDEN", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal("""{"projectAt":null}""", (await ground.DataAsync(ground.Stranger, Ask, new { id })).ToString());
    }

    [Fact]
    public async Task A_machine_is_told_as_it_was_to_its_own_project_alone()
    {
        const string Ask = "query($id: ID!, $at: MomentInput!) { machineAt(id: $id, at: $at) { name retired differences { name } } }";
        var machine = await ground.ReadyMachineAsync("once");
        PortalGround.Ok(await ground.Get<RetireMachineHandler>().HandleAsync(ground.Ada, new(machine), Cancel));
        var owner = await People.SignUpAsync();
        var project = await People.ProjectAsync(owner);
        await ground.HappenAsync<Machine>(machine.Value, new MachineShared(machine, project, "Tides", "Personal"));
        var (id, at) = (SchemaGround.IdOf(machine), new { version = 2 });
        Assert.Equal("""{"machineAt":{"name":"once","retired":false,"differences":[{"name":"ssh-ed25519"}]}}""",
            (await ground.DataAsync(ground.Ada, Ask, new { id, at })).ToString());
        Assert.Equal("""{"machineAt":null}""", (await ground.DataAsync(owner, Ask, new { id, at })).ToString());
    }
}
