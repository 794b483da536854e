using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Schedulers.None;
using Portal.Tests.Fixtures;
using static Portal.Tests.Jobs.Schedulers.SlurmOnTheSite;

namespace Portal.Tests.Jobs.Schedulers;

public sealed class NoSchedulerOnTheSite(SiteFixture fixture)
{
    private readonly NoScheduler _none = new(TimeProvider.System);

    [Fact]
    public async Task Jobs_run_and_end_as_they_should()
    {
        var site = await fixture.SiteAsync();
        var machine = new ScriptedSite(site);
        var folder = await site.FolderAsync("none");
        JobRequest[] jobs =
        [
            Job("n-well", folder, "echo $NAME"),
            Job("n-three", folder, "echo words >&2; exit 3"),
            Job("n-array", folder, "test $TASK_ID -ne 2") with { Tasks = [1, 2, 3], TasksAtOnce = 2 },
            Job("n-long", folder, "sleep 300") with { Resources = new JobResources(TimeLimit: TimeSpan.FromSeconds(1)) },
            Job("n-stop", folder, "sleep 300 & sleep 300"),
            Job("n-deaf", folder, "trap '' TERM; sleep 300") with { Resources = new JobResources(TimeLimit: TimeSpan.FromSeconds(1)) },
        ];
        var outcomes = await _none.SubmitAsync(machine, jobs, default);
        Assert.All(await _none.SubmitAsync(machine, jobs, default), o => Assert.IsType<SubmitOutcome.Unknown>(o));
        var found = await _none.FindAsync(machine, jobs, DateTimeOffset.UtcNow, default);
        Assert.Equal(outcomes.Select(IdOf), found.Select(IdOf));
        var asked = jobs.Zip(outcomes).Select(p => Ask(p.First, IdOf(p.Second))).ToArray();
        await Polling.UntilAsync(_none, machine, asked, r => r[4].Verdict == Verdict.Running);
        await _none.CancelAsync(machine, [asked[4]], default);
        var reports = await Polling.UntilAsync(_none, machine, asked,
            r => r.All(one => one.Verdict is Verdict.Well or Verdict.Failed or Verdict.Cancelled));
        Assert.Equal([Verdict.Well, Verdict.Failed, Verdict.Failed, Verdict.Failed, Verdict.Cancelled, Verdict.Failed],
            reports.Select(r => r.Verdict));
        Assert.Equal([FailureName.TimeLimit, FailureName.TimeLimit], new[] { reports[3], reports[5] }.Select(r => r.Failure!.Name));
        Assert.Contains("words", reports[1].Failure!.Evidence, StringComparison.Ordinal);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var living = $"ps -o stat= -s {asked[4].Job.Id.Split('.')[0]} | grep -v ^Z";
        while ((await site.RunAsync(living, cancel: limit.Token)).Output.Length > 0)
            limit.Token.ThrowIfCancellationRequested();
    }

    [Fact]
    public async Task A_job_over_its_time_that_wrote_no_end_is_over_its_time_and_not_lost()
    {
        var site = await fixture.SiteAsync();
        var host = (await site.RunAsync("uname -n")).Text.Trim();
        var job = new JobQuestion("n-over", new JobRef("1.1", host), await site.FolderAsync("over"), null, DateTimeOffset.UtcNow);
        var at = JobFiles.Folder(job.Folder, job.Key);
        await site.RunAsync($"mkdir -p '{at}'; : > '{at}/overtime'");
        var report = Assert.Single(await _none.AskAsync(new ScriptedSite(site), [job], default));
        Assert.Equal((Verdict.Failed, FailureName.TimeLimit), (report.Verdict, report.Failure?.Name));
    }

    [Fact]
    public async Task An_end_counts_when_it_is_noted_too_whether_the_time_was_over()
    {
        var site = await fixture.SiteAsync();
        var machine = new ScriptedSite(site);
        var job = Job("n-noted", await site.FolderAsync("noted"), "sleep 300");
        JobQuestion[] asked = [Ask(job, IdOf(Assert.Single(await _none.SubmitAsync(machine, [job], default))))];
        await Polling.UntilAsync(_none, machine, asked, r => r[0].Verdict == Verdict.Running);
        var at = JobFiles.Folder(job.Folder, job.Key);
        await site.RunAsync($"echo \"143 1 2 $(uname -n)\" > '{at}/exit'");
        Assert.Equal(Verdict.Running, Assert.Single(await _none.AskAsync(machine, asked, default)).Verdict);
        await site.RunAsync($": > '{at}/overtime'; : > '{at}/done'");
        var report = Assert.Single(await _none.AskAsync(machine, asked, default));
        Assert.Equal((Verdict.Failed, FailureName.TimeLimit), (report.Verdict, report.Failure?.Name));
        await _none.CancelAsync(machine, asked, default);
    }

    [Fact]
    public async Task A_process_counts_only_with_its_start_time()
    {
        var site = await fixture.SiteAsync();
        var machine = new ScriptedSite(site);
        var host = (await site.RunAsync("uname -n")).Text.Trim();
        var gone = new JobQuestion("n-gone", new JobRef("1.1", host), await site.FolderAsync("gone"), null, DateTimeOffset.UtcNow);
        var report = Assert.Single(await _none.AskAsync(machine, [gone], default));
        Assert.Equal((Verdict.Failed, FailureName.JobLost), (report.Verdict, report.Failure?.Name));
        await _none.CancelAsync(machine, [gone], default);
        Assert.Equal(Verdict.Unknown, Assert.Single(await _none.AskAsync(machine,
            [gone with { Job = new JobRef("1.1", "elsewhere") }], default)).Verdict);
    }
}
