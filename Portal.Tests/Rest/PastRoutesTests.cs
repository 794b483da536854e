using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Rest;

/// <summary>Things as they were, by REST: what is answered, to whom, and what is refused.</summary>
public sealed class PastRoutesTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private MemberGround People => new(ground.Portal);

    [Fact]
    public async Task A_run_is_told_as_it_was_by_version_position_or_time_and_what_changed()
    {
        using var program = await ProgramAsync(ground.Ada);
        var run = await FailedAsync();
        var then = await program.GetAsync($"runs/{run}/at?version=3", Cancel);
        Assert.Equal((3, 6), (then.GetProperty("version").GetInt64(), then.GetProperty("latest").GetInt64()));
        Assert.Equal(("Submitted", 3), (then.GetProperty("state").GetProperty("phase").GetString(),
            then.GetProperty("state").GetProperty("version").GetInt64()));
        Assert.Equal("step_submitting", then.GetProperty("event").GetProperty("type").GetString());
        Assert.Contains(then.GetProperty("differences").EnumerateArray(), row => row.ToString() == """
            {"section":"Step a","name":"State","kind":"State","left":"Waiting","right":"Submitting","differs":true}
            """.Trim());
        var position = then.GetProperty("event").GetProperty("position").GetInt64();
        Assert.Equal(then.ToString(), (await program.GetAsync($"runs/{run}/at?position={position}", Cancel)).ToString());
        var time = then.GetProperty("event").GetProperty("time").GetString();
        Assert.InRange((await program.GetAsync($"runs/{run}/at?time={Uri.EscapeDataString(time!)}", Cancel)).GetProperty("version").GetInt64(), 3, 6);

        // Against another version, and with what is the same.
        var nothing = await program.GetAsync($"runs/{run}/at?version=3&since=3", Cancel);
        Assert.Empty(nothing.GetProperty("differences").EnumerateArray());
        var all = (await program.GetAsync($"runs/{run}/at?version=6&since=3&all=true", Cancel)).GetProperty("differences");
        Assert.Contains(all.EnumerateArray(), row => !row.GetProperty("differs").GetBoolean());
        Assert.Contains(all.EnumerateArray(), row => row.GetProperty("right").GetString() == "Failed");
    }

    [Theory]
    [InlineData("version=99", "VERSION_UNKNOWN", "version")]
    [InlineData("position=9223372036854775807", "POSITION_AHEAD", "position")]
    [InlineData("position=1", "BEFORE_BEGINNING", "position")]
    [InlineData("time=2999-01-01T00:00:00Z", "TIME_AHEAD", "time")]
    [InlineData("time=2001-01-01T00:00:00Z", "BEFORE_BEGINNING", "time")]
    [InlineData("", "INVALID_INPUT", null)]
    [InlineData("version=1&position=2", "INVALID_INPUT", null)]
    [InlineData("version=one", "INVALID_INPUT", "version")]
    [InlineData("version=1&since=99", "VERSION_UNKNOWN", "since")]
    public async Task What_there_was_not_is_refused_by_name(string query, string code, string? field)
    {
        using var program = await ProgramAsync(ground.Ada);
        var run = await FailedAsync();
        foreach (var path in (string[])[$"runs/{run}", $"machines/{ground.Machine}", $"projects/{ground.Ada.User}"])
        {
            // The first event of all is that of the project.
            if (query == "position=1" && path.StartsWith("projects", StringComparison.Ordinal)) continue;
            var refused = await program.GetAsync($"{path}/at?{query}", Cancel, 422);
            Assert.Equal(code, refused.GetProperty("code").GetString());
            var named = refused.GetProperty("errors")[0].TryGetProperty("field", out var name) ? name.GetString() : null;
            Assert.Equal(field, named);
        }
    }

    [Fact]
    public async Task Two_runs_are_compared_by_who_sees_both_and_strangers_see_nothing()
    {
        var (one, other) = (await FailedAsync(), SchemaGround.RunOf((await ground.RunAsync()).Run));
        using var program = await ProgramAsync(ground.Ada);
        using var stranger = await ProgramAsync(ground.Stranger);
        var compared = await program.GetAsync($"runs/compare?left={one}&right={other}", Cancel);
        Assert.Equal(other.ToString(), compared.GetProperty("right").GetProperty("id").GetString());
        Assert.Contains(compared.GetProperty("differences").EnumerateArray(),
            row => row.GetProperty("left").GetString() == "Failed" && row.GetProperty("differs").GetBoolean());
        Assert.DoesNotContain(compared.GetProperty("differences").EnumerateArray(), row => row.GetProperty("name").GetString() == "Scheduler");
        var all = await program.GetAsync($"runs/compare?left={one}&right={other}&all=true", Cancel);
        Assert.Contains(all.GetProperty("differences").EnumerateArray(), row => row.GetProperty("name").GetString() == "Scheduler");
        await program.GetAsync($"runs/compare?left={one}&right={Guid.NewGuid():n}", Cancel, 404);
        await program.GetAsync($"runs/compare?left={one}", Cancel, 422);
        foreach (var path in (string[])[$"runs/compare?left={one}&right={other}", $"runs/{one}/at?version=1",
            $"machines/{ground.Machine}/at?version=1", $"projects/{ground.Ada.User}/at?version=1"])
            await stranger.GetAsync(path, Cancel, 404);
    }

    [Fact]
    public async Task A_machine_and_a_project_are_told_as_they_were()
    {
        var machine = await ground.ReadyMachineAsync("before");
        PortalGround.Ok(await ground.Get<RetireMachineHandler>().HandleAsync(ground.Ada, new(machine), Cancel));
        using var program = await ProgramAsync(ground.Ada);
        var then = (await program.GetAsync($"machines/{machine}/at?version=2", Cancel)).GetProperty("state");
        Assert.Equal(("before", false, machine.ToString()), (then.GetProperty("name").GetString(),
            then.GetProperty("retired").GetBoolean(), then.GetProperty("id").GetString()));
        Assert.Equal("ssh-ed25519", then.GetProperty("hostKeys")[0].GetProperty("algorithm").GetString());

        var owner = await People.SignUpAsync();
        var project = await People.ProjectAsync(owner);
        var (auditor, viewer) = (await People.MemberAsync(owner, project, Role.Auditor), await People.MemberAsync(owner,
            project, Role.Viewer));
        using var reads = await ProgramAsync(auditor);
        using var looks = await ProgramAsync(viewer);
        var first = await reads.GetAsync($"projects/{project}/at?version=1", Cancel);
        Assert.Equal($$"""[{"user":"{{owner.User}}","role":"Owner"}]""",
            first.GetProperty("state").GetProperty("members").ToString());
        Assert.True(first.GetProperty("latest").GetInt64() > 4);
        await looks.GetAsync($"projects/{project}/at?version=1", Cancel, 403);
    }

    [Fact]
    public async Task What_became_of_a_key_is_told_in_pages_newest_first()
    {
        var machine = await ground.ReadyMachineAsync("keyed");
        var key = PortalGround.Ok(await ground.Get<CreateCredentialHandler>().HandleAsync(ground.Ada,
            new(new(Guid.CreateVersion7()), machine), Cancel)).Id;
        await ground.HappenAsync<Credential>(key.Value, new CredentialTested(key, true), new CredentialRevoked(key));
        await ground.Get<IDocuments>().CaughtUpAsync<CredentialMark>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        using var program = await ProgramAsync(ground.Ada);
        var then = (await program.GetAsync($"credentials/{key}/at?version=1", Cancel)).GetProperty("state");
        Assert.Equal((key.ToString(), JsonValueKind.Null), (then.GetProperty("id").GetString(), then.GetProperty("ended").ValueKind));
        Assert.Equal("revoked", (await program.GetAsync($"credentials/{key}/at?version=3", Cancel)).GetProperty("state")
            .GetProperty("ended").GetString());
        var kinds = new List<string?>();
        for (var path = $"credentials/{key}/history?limit=2"; ;)
        {
            var page = await program.GetAsync(path, Cancel);
            kinds.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("kind").GetString()));
            if (page.GetProperty("next").GetString() is not { } next) break;
            path = $"credentials/{key}/history?limit=2&cursor={next}";
        }
        Assert.Equal(["Revoked", "Tested", "Made", "HostKeyPinned"], kinds);
        await program.GetAsync($"credentials/{key}/history?limit=0", Cancel, 422);
        await program.GetAsync($"credentials/{key}/history?cursor=x", Cancel, 422);
        using var stranger = await ProgramAsync(ground.Stranger);
        await stranger.GetAsync($"credentials/{key}/history", Cancel, 404);
        await stranger.GetAsync($"credentials/{key}/at?version=1", Cancel, 404);
    }

    private async Task<Id<Run>> FailedAsync()
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await RecordedRun.BreakAsync(ground, run);
        return run;
    }

    private async Task<RestClient> ProgramAsync(Caller caller) =>
        RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(caller)).Text);
}
