using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Schedulers.Slurm;

namespace Portal.Tests.Jobs.Schedulers;

public sealed class SlurmAnswers
{
    private const string Mark = "portal-0123456789abcdef";
    private static readonly DateTimeOffset Submitted = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    // queue (id|master|task|state|reason), accounting (jobidraw|jobid|state|exit|derived), verdict, failure
    [InlineData("9|9|N/A|PENDING|Resources", null, Verdict.Pending, null)]
    [InlineData("9|9|N/A|PENDING|JobHeldUser", null, Verdict.Held, null)]
    [InlineData("9|9|N/A|PENDING|BeginTime", "9|9|NODE_FAIL|0:0|0:0", Verdict.Pending, null)]
    [InlineData("9|9|N/A|COMPLETED|None", "9|9|RUNNING|0:0|0:0", Verdict.Unknown, null)]
    [InlineData("9|9|N/A|WONDERFUL|None", "9|9|COMPLETED|0:0|0:0", Verdict.Unknown, null)]
    [InlineData("", "9|9|COMPLETED|0:0|0:0", Verdict.Well, null)]
    [InlineData("", "9|9|FAILED|7:0|0:0", Verdict.Failed, FailureName.ExitCode)]
    [InlineData("", "9|9|FAILED|0:9|0:0", Verdict.Failed, FailureName.Signal)]
    [InlineData("", "9|9|TIMEOUT|0:0|0:0\n9.batch|9.batch|CANCELLED|0:15|", Verdict.Failed, FailureName.TimeLimit)]
    [InlineData("", "9|9|CANCELLED by 1000|0:0|0:0", Verdict.Cancelled, null)]
    [InlineData("", "9|9|CANCELLED by 77|0:0|0:0", Verdict.Failed, FailureName.CancelledBySite)]
    [InlineData("", "9|9|NODE_FAIL|0:0|0:0", Verdict.Failed, FailureName.NodeFailure)]
    [InlineData("", "9|9|RUNNING|0:0|0:0", Verdict.Unknown, null)]
    [InlineData("", "", Verdict.Unknown, null)]
    [InlineData("", null, Verdict.Unknown, null)]
    [InlineData(null, "9|9|COMPLETED|0:0|0:0", Verdict.Unknown, null)]
    public void Queue_and_accounting_together_mean(string? queue, string? account, Verdict verdict, FailureName? failure)
    {
        var report = Report(queue, account, null);
        Assert.Equal((verdict, failure), (report.Verdict, report.Failure?.Name));
    }

    [Theory]
    [InlineData("9_1|9|1|RUNNING|None", "18|9_2|COMPLETED|0:0|0:0\n9|9_3|FAILED|2:0|0:0", Verdict.Running)]
    [InlineData("9_[2-3]|9|2-3|PENDING|Resources", "18|9_1|COMPLETED|0:0|0:0", Verdict.Running)]
    [InlineData("9_1|9|1|PENDING|Priority\n9_2|9|2|PENDING|Priority\n9_3|9|3|PENDING|Priority", null, Verdict.Pending)]
    [InlineData("", "17|9_1|COMPLETED|0:0|0:0\n18|9_2|COMPLETED|0:0|0:0\n9|9_3|COMPLETED|0:0|0:0", Verdict.Well)]
    [InlineData("", "17|9_1|COMPLETED|0:0|0:0\n18|9_2|COMPLETED|0:0|0:0", Verdict.Unknown)]
    [InlineData("", "17|9_1|COMPLETED|0:0|0:0\n18|9_2|FAILED|7:0|0:0\n9|9_3|COMPLETED|0:0|0:0", Verdict.Failed)]
    [InlineData("", "17|9_1|COMPLETED|0:0|0:0\n9|9_[2-3]|CANCELLED by 1000|0:0|0:0", Verdict.Cancelled)]
    [InlineData("", "9|9|CANCELLED by 1000|0:0|0:0", Verdict.Cancelled)]
    [InlineData("", "17|9_1|COMPLETED|0:0|0:0\n9|9_[1-3%2]|COMPLETED|0:0|0:0", Verdict.Unknown)]
    [InlineData("", "9|9|COMPLETED|0:0|0:0", Verdict.Unknown)]
    public void An_array_means(string queue, string? account, Verdict verdict) =>
        Assert.Equal(verdict, Report(queue, account, [1, 2, 3]).Verdict);

    [Theory]
    // While all of it runs accounting is not asked; where a task has ended, it tells of that one.
    [InlineData("9_1|9|1|RUNNING|None\n9_2|9|2|RUNNING|None\n9_3|9|3|PENDING|Resources", null, "03:20:01")]
    [InlineData("9_2|9|2|RUNNING|None\n9_3|9|3|PENDING|Resources", "18|9_1|COMPLETED|0:0|0:0", "03:00:02")]
    [InlineData("9_1|9|1|COMPLETED|None\n9_2|9|2|RUNNING|None\n9_3|9|3|RUNNING|None", "", "03:20:01")]
    [InlineData("9_1|9|1|PENDING|Resources\n9_2|9|2|PENDING|Resources\n9_3|9|3|PENDING|Resources", null, null)]
    public void An_array_has_started_with_the_first_of_its_tasks(string queue, string? account, string? started)
    {
        var starts = Report(queue, account, [1, 2, 3]).Tasks.Min(task => task.Started);
        Assert.Equal(started, starts?.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_failed_array_is_counted_by_cause()
    {
        var report = Report("", "17|9_1|COMPLETED|0:0|0:0\n18|9_2|TIMEOUT|0:0|0:0\n9|9_3|TIMEOUT|0:0|0:0", [1, 2, 3]);
        Assert.Equal(FailureName.TimeLimit, report.Failure!.Name);
        Assert.Equal("2 of 3 tasks failed: 2 TimeLimit.", report.Failure.Message);
    }

    [Fact]
    public void An_older_job_of_the_same_id_is_not_this_one() =>
        Assert.Equal(Verdict.Unknown, Report("", "9|9|COMPLETED|0:0|0:0", null, submit: "2025-06-01T00:00:00").Verdict);

    [Fact]
    public void A_failed_step_of_a_job_that_ended_well_is_a_warning()
    {
        var report = Report("", "9|9|COMPLETED|0:0|1:0", null);
        Assert.Equal(Verdict.Well, report.Verdict);
        Assert.NotNull(report.Warning);
    }

    [Fact]
    public void A_dependency_that_failed_is_no_cancellation() => Assert.Equal(FailureName.DependencyFailed,
        Report("", "9|9|CANCELLED|0:0|0:0", null, reason: "Dependency").Failure!.Name);

    [Fact]
    public void Memory_is_found_in_standard_error()
    {
        var report = Report("", "9|9|FAILED|0:9|0:0", null, extra: Section("stderr-9-", 0, "slurmstepd: error: Detected 1 oom-kill event(s)"));
        Assert.Equal(FailureName.OutOfMemory, report.Failure!.Name);
        Assert.Contains("oom-kill", report.Failure.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "sacct: error: Slurm accounting storage is disabled", "0 1767322801 1767322805 n1", Verdict.Well)]
    [InlineData(1, "sacct: error: Slurm accounting storage is disabled", "3 1767322801 1767322805 n1", Verdict.Failed)]
    [InlineData(1, "sacct: error: Slurm accounting storage is disabled", "", Verdict.Unknown)]
    [InlineData(1, "sacct: error: Problem talking to the database: Connection refused", "0 1767322801 1767322805 n1", Verdict.Unknown)]
    [InlineData(0, "", "0 1767322801 1767322805 n1", Verdict.Well)]
    [InlineData(0, "", "0 1767322801 1767323599 n1", Verdict.Unknown)]
    [InlineData(0, "", "0 17673", Verdict.Unknown)]
    public void The_end_marker_decides_only_when_the_scheduler_has_forgotten(int code, string error, string end, Verdict verdict)
    {
        var output = Section("now", 1000, "1767323600") + Section("queue", 0, "") + Section("account", code, "")
            + Section("ends", 0, end.Length > 0 ? "9||" + end : "");
        var answer = SlurmAnswer.Read(output, Section("account", code, error), Mark);
        Assert.Equal(verdict, answer.Report(Question(null)).Verdict);
    }

    [Theory]
    [InlineData("slurm_load_jobs error: Invalid job id specified", Verdict.Well)]
    [InlineData("slurm_load_jobs error: Unable to contact slurm controller (connect failure)", Verdict.Unknown)]
    public void A_queue_that_fails_is_no_answer_unless_it_forgot_the_job(string error, Verdict verdict)
    {
        var output = Section("now", 1000, "1767323600") + Section("queue", 1, "") + Section("account", 0, Row("9|9|COMPLETED|0:0|0:0"));
        Assert.Equal(verdict, SlurmAnswer.Read(output, Section("queue", 1, error), Mark).Report(Question(null)).Verdict);
    }

    [Fact]
    public void A_banner_or_a_cut_answer_is_no_news()
    {
        Assert.Equal(Verdict.Unknown, SlurmAnswer.Read("Welcome\n9|9|COMPLETED|0:0", "", Mark).Report(Question(null)).Verdict);
        var cut = Section("queue", 0, "") + $"{Mark} begin account\n" + Row("9|9|COMPLETED|0:0|0:0");
        Assert.Equal(Verdict.Unknown, SlurmAnswer.Read(cut, "", Mark).Report(Question(null)).Verdict);
    }

    private static JobQuestion Question(IReadOnlyList<int>? tasks) => new("k", new JobRef("9"), "/w", tasks, Submitted);

    private static JobReport Report(string? queue, string? account, IReadOnlyList<int>? tasks,
        string submit = "2026-01-02T03:00:01", string reason = "None", string extra = "")
    {
        var output = "Last login: job 9 COMPLETED\n" + Section("now", 1000, "1767323600")
            + (queue is null ? "" : Section("queue", 0, string.Join('\n', queue.Split('\n').Select(QueueLine))))
            + (account is null ? "" : Section("account", 0,
                string.Join('\n', account.Split('\n').Where(l => l.Length > 0).Select(line => Row(line, submit, reason))))) + extra;
        return SlurmAnswer.Read(output, "", Mark).Report(Question(tasks));
    }

    private static string Row(string line, string submit = "2026-01-02T03:00:01", string reason = "None") =>
        $"{line}|{submit}|2026-01-02T03:00:02|2026-01-02T03:00:05|n[1,3]|{reason}";

    // Task n starts, or will, n seconds after twenty past.
    private static string QueueLine(string line) => line.Split('|') is [var id, var job, var task, var state, var reason]
        ? $"{id}|{job}|{task}|{state}|2026-01-02T03:20:{(int.TryParse(task, out var n) ? n : 0):00}|{reason}"
        : line;

    private static string Section(string name, int code, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"{Mark} begin {name}\n{text}\n{Mark} end {name} {code}\n");
}
