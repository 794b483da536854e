using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>A machine that has no room, no accounting, or a scheduler that takes its time.</summary>
[Collection(nameof(SchedulerFaults))]
public sealed class ScarcityTests(PostgresFixture postgres, FaultySite fixture)
{
    [Fact]
    public async Task A_full_disk_holds_the_run_until_there_is_room()
    {
        await using var site = await DemoSite.StartAsync(small: "8m");
        await using var ground = await PortalGround.StartAsync(postgres, site);
        var machine = await ground.MachineAsync("small", $"{site.Facts.SmallFolder}/work");
        var (_, token) = await ground.KeyAsync(machine);
        var input = $"tests/{Guid.NewGuid():n}.bin";
        await site.RunAsync($"mkdir -p {site.Facts.FtpFolder}/tests && head -c 3000000 /dev/urandom > {site.Facts.FtpFolder}/{input}");
        _ = (await site.RunAsync($"head -c 7000000 /dev/zero > {site.Facts.SmallFolder}/filler")).Text;

        var run = new Id<Run>(Guid.CreateVersion7());
        var description = Workflows.Whole(site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", $"endpoint://demo-data/{input}");
        PortalGround.Ok(await ground.Get<SubmitRunHandler>().HandleAsync(ground.Caller,
            new(run, machine, null, null, null, description, new Dictionary<string, string>(), token), default));
        var held = (RunHeld)(await ground.UntilAsync(run, fact => fact is RunHeld))[^1];
        Assert.Equal((Hold.Blocked, FailureName.QuotaExceeded), (held.Hold, held.Failure.Name));
        Assert.NotNull(held.Failure.Advice);

        await site.RunAsync($"rm {site.Facts.SmallFolder}/filler");
        var facts = await ground.SucceededAsync(run);
        Assert.Contains(facts, fact => fact is RunReleased);
        Assert.Single(await ground.JobsAsync(run));
    }

    [Fact]
    public async Task Without_accounting_the_mark_that_the_job_leaves_tells_its_end()
    {
        var site = await fixture.SiteAsync();
        await using var ground = await PortalGround.StartAsync(postgres, site);
        await using (await site.FakeAsync("sacct", "#!/bin/sh\necho 'Slurm accounting storage is disabled' >&2\nexit 1\n"))
        {
            await ground.SucceededAsync(await ground.SubmitAsync(Workflows.Step("echo well")));
            var failed = await ground.EndAsync(await ground.SubmitAsync(Workflows.Step("exit 7")));
            var end = Assert.Single(failed.OfType<StepEnded>());
            Assert.Equal(("failed", 7), (end.Outcome, end.ExitCode));
        }
    }

    [Fact]
    public async Task A_submission_that_answers_after_its_time_is_found_and_is_the_only_one()
    {
        var site = await fixture.SiteAsync();
        await using var ground = await PortalGround.StartAsync(postgres, site);
        Id<Run> run;
        await using (await site.FakeAsync("sbatch", "#!/bin/sh\nanswer=$(/usr/bin/sbatch \"$@\")\nsleep 100\necho \"$answer\"\n"))
        {
            run = await ground.SubmitAsync(Workflows.Step("true"));
            await ground.UntilAsync(run, fact => fact is JobSubmitted);
        }
        var facts = await ground.SucceededAsync(run);
        Assert.Contains(facts, fact => fact is StepSubmissionUnclear);
        Assert.Single(await ground.JobsAsync(run));
    }
}
