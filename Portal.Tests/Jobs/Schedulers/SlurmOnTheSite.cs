using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Schedulers.Slurm;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Schedulers;

/// <summary>On the real Slurm of the demo site.</summary>
public sealed class SlurmOnTheSite(SiteFixture fixture)
{
    private readonly SlurmScheduler _slurm = new(TimeProvider.System);

    [Fact]
    public async Task Jobs_of_all_kinds_end_as_they_should()
    {
        var (site, machine) = await StartAsync();
        var folder = await site.FolderAsync("kinds") + "/it's 100%a";
        JobRequest[] jobs =
        [
            Job("well", folder, "pwd; echo \"$NAME\"; echo oops >&2"),
            Job("seven", folder, "echo the last words >&2; exit 7"),
            Job("killed", folder, "kill -9 $$"),
            Job("array", folder, "echo $TASK_ID; test $TASK_ID -ne 2") with { Tasks = [1, 2, 3], TasksAtOnce = 2 },
            Job("nowhere", folder, "true") with { Resources = new JobResources(Partition: "nosuch; touch /tmp/x") },
            Job("huge", folder, "true") with { Resources = new JobResources(Nodes: 50) },
            Job("noone", folder, "true") with { Resources = new JobResources(Account: "nobody") },
        ];
        var outcomes = await _slurm.SubmitAsync(machine, jobs, default);
        Assert.Equal(1, machine.Commands);
        Assert.All(outcomes.Take(4), o => Assert.IsType<SubmitOutcome.Submitted>(o));
        Assert.All(outcomes.Skip(4), o => Assert.IsType<SubmitOutcome.Refused>(o));
        Assert.Contains("nosuch", ((SubmitOutcome.Refused)outcomes[4]).Failure.Evidence, StringComparison.Ordinal);
        Assert.All(await _slurm.SubmitAsync(machine, jobs, default), o => Assert.IsType<SubmitOutcome.Unknown>(o));
        Assert.Equal(outcomes.Take(4).Select(IdOf), (await _slurm.FindAsync(machine, jobs, DateTimeOffset.UtcNow, default)).Take(4).Select(IdOf));

        var reports = await EndedAsync(machine, jobs.Zip(outcomes).Take(4).Select(p => Ask(p.First, IdOf(p.Second))));
        Assert.Equal([Verdict.Well, Verdict.Failed, Verdict.Failed, Verdict.Failed], reports.Select(r => r.Verdict));
        Assert.Equal([null, FailureName.ExitCode, FailureName.Signal, FailureName.ExitCode], reports.Select(r => r.Failure?.Name));
        Assert.Contains("the last words", reports[1].Failure!.Evidence, StringComparison.Ordinal);
        Assert.Equal("1 of 3 tasks failed: 1 ExitCode.", reports[3].Failure!.Message);
        Assert.Equal($"{folder}\nit's \"$HOME\"\n", await TextAsync(site, JobFiles.StandardOutput(folder, "well")));
        Assert.Equal("3\n", await TextAsync(site, JobFiles.StandardOutput(folder, "array", 3)));
        Assert.Equal(7, EndMarker.Parse(await TextAsync(site, JobFiles.Exit(folder, "seven")))!.ExitCode);
    }

    [Fact]
    public async Task A_job_is_cancelled_waiting_or_running()
    {
        var (site, machine) = await StartAsync();
        var folder = await site.FolderAsync("cancel");
        JobRequest[] jobs =
        [
            Job("running", folder, "sleep 300"),
            Job("waiting", folder, "true") with { Resources = new JobResources(Partition: "maintenance") },
        ];
        var outcomes = await _slurm.SubmitAsync(machine, jobs, default);
        var asked = jobs.Zip(outcomes).Select(p => Ask(p.First, IdOf(p.Second))).ToArray();
        await UntilAsync(machine, asked, r => r[0].Verdict == Verdict.Running && r[1] is { Verdict: Verdict.Pending, Reason: not null });
        await _slurm.CancelAsync(machine, asked, default);
        Assert.All(await EndedAsync(machine, asked), r => Assert.Equal(Verdict.Cancelled, r.Verdict));
        var commands = machine.Commands;
        await _slurm.CancelAsync(machine, [], default);
        Assert.Equal(commands, machine.Commands);
        await Assert.ThrowsAsync<ArgumentException>(() => _slurm.CancelAsync(machine, [Ask(jobs[0], new JobRef("0"))], default));
    }

    [Fact]
    public async Task It_says_what_it_is()
    {
        var (_, machine) = await StartAsync();
        var info = await _slurm.DescribeAsync(machine, default);
        Assert.StartsWith("slurm", info.Version, StringComparison.Ordinal);
        Assert.Equal("main", info.Partitions[0]);
        Assert.True(info.Accounting);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told_and_the_key_stays_free()
    {
        var (site, machine) = await StartAsync();
        var folder = await site.FolderAsync("closed");
        await site.RunAsync($"chmod 500 {folder}");
        var job = Job("closed", folder, "true");
        var outcome = Assert.IsType<SubmitOutcome.NotYet>(Assert.Single(await _slurm.SubmitAsync(machine, [job], default)));
        Assert.Equal(FailureName.PermissionDenied, outcome.Failure.Name);
        await site.RunAsync($"chmod 700 {folder}");
        Assert.IsType<SubmitOutcome.Submitted>(Assert.Single(await _slurm.SubmitAsync(machine, [job], default)));
    }

    [Fact]
    public async Task A_key_that_was_never_submitted_is_absent_once_it_is_old_and_may_be_submitted()
    {
        var (site, machine) = await StartAsync();
        var folder = await site.FolderAsync("absent");
        var job = Job("absent", folder, "true");
        var now = DateTimeOffset.UtcNow;
        Assert.IsType<FindOutcome.Unsure>(Assert.Single(await _slurm.FindAsync(machine, [job], now, default)));
        await site.RunAsync($"mkdir -p {JobFiles.Marker(folder, "absent")}");
        Assert.IsType<FindOutcome.Unsure>(Assert.Single(await _slurm.FindAsync(machine, [job], now.AddHours(-1), default)));
        await site.RunAsync($"touch -d '2 minutes ago' {JobFiles.Marker(folder, "absent")}");
        Assert.IsType<FindOutcome.Absent>(Assert.Single(await _slurm.FindAsync(machine, [job], now.AddHours(-1), default)));
        Assert.IsType<SubmitOutcome.Submitted>(Assert.Single(await _slurm.SubmitAsync(machine, [job], default)));
    }

    private async Task<(DemoSite Site, ScriptedSite Machine)> StartAsync()
    {
        var site = await fixture.SiteAsync();
        return (site, new ScriptedSite(site));
    }

    internal static JobRequest Job(string key, string folder, string step) => new(key, folder, JobScript.Render(key, folder,
        ["echo set up > /dev/null"], new Dictionary<string, string> { ["NAME"] = "it's \"$HOME\"" }, step), new JobResources());

    internal static JobQuestion Ask(JobRequest job, JobRef id) =>
        new(job.Key, id, job.Folder, job.Tasks, DateTimeOffset.UtcNow.AddMinutes(-1));

    internal static JobRef IdOf(object outcome) => outcome switch
    {
        SubmitOutcome.Submitted s => s.Job,
        FindOutcome.Found f => f.Job,
        _ => throw new InvalidOperationException(outcome.ToString()),
    };

    private static async Task<string> TextAsync(DemoSite site, string path) =>
        (await site.RunAsync($"cat {Portal.Jobs.Sites.Shell.Quote(path)}")).Text;

    private Task<IReadOnlyList<JobReport>> EndedAsync(ScriptedSite machine, IEnumerable<JobQuestion> jobs) =>
        UntilAsync(machine, [.. jobs], r => r.All(one => one.Verdict is Verdict.Well or Verdict.Failed or Verdict.Cancelled));

    private Task<IReadOnlyList<JobReport>> UntilAsync(
        ScriptedSite machine, JobQuestion[] jobs, Func<IReadOnlyList<JobReport>, bool> done) => Polling.UntilAsync(_slurm, machine, jobs, done);
}
