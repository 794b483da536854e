using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Schedulers.Slurm;

namespace Portal.Tests.Jobs.Schedulers;

public sealed class SlurmTables
{
    [Theory]
    [InlineData("CANCELLED by 1000", Verdict.Cancelled)]
    [InlineData("CANCELLED+", Verdict.Cancelled)]
    [InlineData("OUT_OF_ME+", Verdict.Failed)]
    [InlineData("out_of_memory", Verdict.Failed)]
    [InlineData("COMPLET+", Verdict.Unknown)]
    [InlineData("COMPLETING", Verdict.Running)]
    [InlineData("CONFIGURING", Verdict.Pending)]
    [InlineData("SUSPENDED", Verdict.Running)]
    [InlineData("REQUEUED", Verdict.Pending)]
    [InlineData("REQUEUE_HOLD", Verdict.Held)]
    [InlineData("REVOKED", Verdict.Unknown)]
    [InlineData("EXPEDITING", Verdict.Unknown)]
    [InlineData("ExitedWhile COMPLETED", Verdict.Unknown)]
    [InlineData("", Verdict.Unknown)]
    [InlineData("PD", Verdict.Pending)]
    [InlineData("OOM", Verdict.Failed)]
    public void A_word_means(string word, Verdict verdict) => Assert.Equal(verdict, SlurmStates.Of(word).Verdict);

    [Theory]
    [InlineData("TIMEOUT", FailureName.TimeLimit)]
    [InlineData("NODE_FAIL", FailureName.NodeFailure)]
    [InlineData("BOOT_FAIL", FailureName.NodeFailure)]
    [InlineData("PREEMPTED", FailureName.Preempted)]
    [InlineData("DEADLINE", FailureName.Deadline)]
    [InlineData("OUT_OF_MEMORY", FailureName.OutOfMemory)]
    public void A_failure_has_a_name(string word, FailureName name) => Assert.Equal(name, SlurmStates.Of(word).Failure);

    [Theory]
    [InlineData("1763", "1763", null)]
    [InlineData("15;slc", "15", "slc")]
    [InlineData("sbatch: lua: v2 plugin: accepted\n1763", "1763", null)]
    [InlineData("Welcome! job 7 of 9 is free\n\n88\n", "88", null)]
    public void The_id_is_the_last_line_of_its_shape(string output, string id, string? cluster) =>
        Assert.Equal(new JobRef(id, cluster), SlurmSubmission.Id(output));

    [Theory]
    [InlineData(0, "Submitted", "7", "")]
    [InlineData(0, "Unknown", "maintenance of job 7 today", "")]
    [InlineData(0, "Unknown", "", "")]
    [InlineData(255, "Unknown", "7", "")]
    [InlineData(255, "Unknown", "", "Connection closed")]
    [InlineData(143, "Unknown", "", "Terminated")]
    [InlineData(1, "Unknown", "", "sbatch: error: Batch job submission failed: Unable to contact slurm controller (connect failure)")]
    [InlineData(1, "Unknown", "", "sbatch: error: Batch job submission failed: Socket timed out on send/recv operation")]
    [InlineData(1, "Unknown", "", "")]
    [InlineData(1, "Refused", "", "sbatch: error: invalid partition specified: nosuch\nsbatch: error: Batch job submission failed: x")]
    [InlineData(1, "Refused", "", "sbatch: error: Batch job submission failed: Requested node configuration is not available")]
    [InlineData(1, "NotYet", "", "sbatch: error: QOSMaxSubmitJobPerUserLimit\nsbatch: error: Batch job submission failed: Job violates")]
    [InlineData(127, "NotYet", "", "sh: 1: sbatch: not found")]
    public void An_answer_of_sbatch_means(int code, string outcome, string output, string error) =>
        Assert.Equal(outcome, SlurmSubmission.Judge(new SubmissionText.Answer("done", code, output, error)).GetType().Name);

    [Theory]
    [InlineData("Priority", false)]
    [InlineData("JobHeldUser", true)]
    [InlineData("PartitionTimeLimit", true)]
    [InlineData("DependencyNeverSatisfied", true)]
    [InlineData("AssocMaxJobsLimit", false)]
    [InlineData("ReqNodeNotAvail, UnavailableNodes:node[01-04],vm", false)]
    [InlineData("Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions", false)]
    [InlineData("SomethingNew", false)]
    public void A_reason_is_told_in_plain_words_with_its_own(string reason, bool held)
    {
        var (words, isHeld) = SlurmReasons.Of(reason);
        Assert.Equal(held, isHeld);
        Assert.Contains(reason, words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", "7")]
    [InlineData("[2-4]", "2 3 4")]
    [InlineData("[1,4,7,10%2]", "1 4 7 10")]
    [InlineData("1-7:3", "1 4 7")]
    [InlineData("[1-3,...]", "1 2 3")]
    public void Task_lists_are_read(string text, string ids) => Assert.Equal(ids, string.Join(' ', SlurmIds.Tasks(text)));

    [Fact]
    public void Ranges_and_limits_are_written()
    {
        Assert.Equal("1-3,7,9-10%4", SlurmIds.Ranges([3, 1, 2, 7, 10, 9], 4));
        Assert.Equal("1-02:03:05", SlurmIds.Limit(new TimeSpan(1, 2, 3, 4, 500)));
        Assert.Null(SlurmIds.Time("Unknown"));
        Assert.Equal((0, 9), SlurmIds.Exit("0:9"));
    }
}
