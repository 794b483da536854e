using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Schedulers.Slurm;
using Portal.Tests.Fixtures;
using static Portal.Tests.Jobs.Schedulers.SlurmOnTheSite;

namespace Portal.Tests.Jobs.Schedulers;

/// <summary>Slurm breaking at the wrong moment.</summary>
[Collection(nameof(SchedulerFaults))]
public sealed class SlurmFaults(FaultySite fixture)
{
    private readonly SlurmScheduler _slurm = new(TimeProvider.System);

    [Theory]
    [InlineData("answers-255", "#!/bin/sh\n/usr/bin/sbatch \"$@\" >/dev/null; exit 255\n")]
    [InlineData("answers-nothing", "#!/bin/sh\n/usr/bin/sbatch \"$@\" >/dev/null\n")]
    [InlineData("dies", "#!/bin/sh\n/usr/bin/sbatch \"$@\" >/dev/null; kill -9 $$\n")]
    public async Task A_submission_without_a_clear_answer_is_found_by_its_key(string key, string sbatch)
    {
        var site = await fixture.SiteAsync();
        var machine = new ScriptedSite(site);
        var job = Job(key, await site.FolderAsync(key), "true");
        await using (await site.FakeAsync("sbatch", sbatch))
            Assert.IsType<SubmitOutcome.Unknown>(Assert.Single(await _slurm.SubmitAsync(machine, [job], default)));
        Assert.IsType<FindOutcome.Found>(Assert.Single(await _slurm.FindAsync(machine, [job], DateTimeOffset.UtcNow, default)));
        await ExactlyOneAsync(site, key);
    }

    [Fact]
    public async Task A_banner_before_the_id_is_not_the_id()
    {
        var site = await fixture.SiteAsync();
        var job = Job("banner", await site.FolderAsync("banner"), "true");
        await using var fake = await site.FakeAsync("sbatch",
            "#!/bin/sh\necho 'sbatch: lua: v2 plugin: accepted'; echo Job 7 is yours; exec /usr/bin/sbatch \"$@\"\n");
        var outcome = Assert.Single(await _slurm.SubmitAsync(new ScriptedSite(site), [job], default));
        Assert.Equal(await ExactlyOneAsync(site, "banner"), IdOf(outcome).Id);
    }

    [Fact]
    public async Task A_controller_that_hangs_during_sbatch_leaves_exactly_one_job()
    {
        var site = await fixture.SiteAsync();
        var job = Job("hangs", await site.FolderAsync("hangs"), "true");
        await site.ControlAsync("pause", "slurmctld");
        IReadOnlyList<SubmitOutcome> outcomes;
        try
        {
            outcomes = await _slurm.SubmitAsync(new ScriptedSite(site) { Limit = TimeSpan.FromSeconds(3) }, [job], default);
        }
        finally
        {
            await site.ControlAsync("resume", "slurmctld");
        }
        Assert.IsType<SubmitOutcome.Unknown>(Assert.Single(outcomes));
        var machine = new ScriptedSite(site);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        FindOutcome found;
        do
            found = Assert.Single(await _slurm.FindAsync(machine, [job], DateTimeOffset.UtcNow, limit.Token));
        while (found is FindOutcome.Unsure);
        Assert.Equal(await ExactlyOneAsync(site, "hangs"), IdOf(found).Id);
    }

    [Fact]
    public async Task A_controller_that_is_down_ends_nothing_and_submits_nothing()
    {
        var site = await fixture.SiteAsync();
        var machine = new ScriptedSite(site);
        var folder = await site.FolderAsync("down");
        var before = Job("before", folder, "true");
        var id = IdOf(Assert.Single(await _slurm.SubmitAsync(machine, [before], default)));
        var jobs = Enumerable.Range(0, 8).Select(i => Job($"down-{i}", folder, "true")).ToArray();
        await site.ControlAsync("stop", "slurmctld");
        try
        {
            var outcomes = await _slurm.SubmitAsync(machine, jobs, default);
            Assert.All(outcomes, o => Assert.True(o is SubmitOutcome.Unknown or SubmitOutcome.NotYet));
            Assert.IsType<SubmitOutcome.NotYet>(outcomes[7]);
            Assert.Equal(Verdict.Unknown, Assert.Single(await _slurm.AskAsync(machine, [Ask(before, id)], default)).Verdict);
            Assert.IsType<FindOutcome.Unsure>(Assert.Single(
                await _slurm.FindAsync(machine, [jobs[0]], DateTimeOffset.UtcNow.AddHours(-1), default)));
        }
        finally
        {
            await site.ControlAsync("start", "slurmctld");
        }
        await Polling.UntilAsync(_slurm, machine, [Ask(before, id)], r => r[0].Verdict == Verdict.Well);
    }

    [Fact]
    public async Task Accounting_that_is_down_ends_nothing()
    {
        var site = await fixture.SiteAsync();
        var machine = new ScriptedSite(site);
        var job = Job("nodbd", await site.FolderAsync("nodbd"), "true");
        await site.ControlAsync("stop", "slurmdbd");
        JobRef id;
        try
        {
            id = IdOf(Assert.Single(await _slurm.SubmitAsync(machine, [job], default)));
            await Polling.UntilAsync(_slurm, machine, [Ask(job, id)], r => r[0] is { Verdict: Verdict.Unknown, Reason: not null });
        }
        finally
        {
            await site.ControlAsync("start", "slurmdbd");
        }
        await Polling.UntilAsync(_slurm, machine, [Ask(job, id)], r => r[0].Verdict == Verdict.Well);
    }

    [Fact]
    public async Task A_job_that_both_forgot_is_told_by_its_own_marker_once_that_is_old()
    {
        var site = await fixture.SiteAsync();
        var machine = new ScriptedSite(site);
        var folder = await site.FolderAsync("forgotten");
        var question = new JobQuestion("forgotten", new JobRef("999999"), folder, null, DateTimeOffset.UtcNow);
        Assert.Equal(Verdict.Unknown, Assert.Single(await _slurm.AskAsync(machine, [question], default)).Verdict);
        await site.WriteAsync(JobFiles.Exit(folder, "forgotten"), "4 1700000000 1700000009 n1\n");
        await site.WriteAsync(JobFiles.StandardError(folder, "forgotten"), "no such thing\n");
        var report = Assert.Single(await _slurm.AskAsync(machine, [question], default));
        Assert.Equal((Verdict.Failed, FailureName.ExitCode), (report.Verdict, report.Failure?.Name));
        Assert.Contains("no such thing", report.Failure!.Evidence, StringComparison.Ordinal);
    }

    private static async Task<string> ExactlyOneAsync(DemoSite site, string key) => Assert.Single(
        (await site.RunAsync($"squeue -h -t all --name={key} -o %F")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct());
}
