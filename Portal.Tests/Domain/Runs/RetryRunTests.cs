using Portal.Domain.Runs;
using static Portal.Tests.Domain.Runs.Given;

namespace Portal.Tests.Domain.Runs;

/// <summary>Given how a run ended, what a retry decides, tells and leaves.</summary>
public sealed class RetryRunTests
{
    private static readonly RunFailed Failed = new(Id, Trouble);
    private static readonly OutputsFound Found = new(Id, [new("out.csv", 5), new("log.txt", null)]);
    private static readonly OutputsFound NotMade = new(Id, [new("out.csv", null), new("log.txt", 1)]);
    private static readonly LeaseGranted Lent = Granted with { LeaseId = new(Guid.Parse("0198f000-0000-7000-8000-0000000000aa")) };

    /// <summary>Given; the phase from which it goes on; steps with another attempt; what becomes of each part; the next act.</summary>
    public static TheoryData<string, object[], Phase, string, string, string> Table => new()
    {
        { "an input did not exist", [Submitted, Granted, new TransferStarted(Id, "input-0", "a", "b", 1), Failed],
            Phase.FetchingInputs, "", "Repeat Begin Begin Begin Begin Begin", "FetchInputs" },
        { "there was no such ref", [.. Fetched, Failed], Phase.FetchingCode, "", "Keep Begin Begin Begin Begin Begin", "CheckKept" },
        { "the commit has no such folder", [.. Fetched, new CodeResolved(Id, "u", "main", "c0"), Failed],
            Phase.FetchingCode, "", "Keep Repeat Begin Begin Begin Begin", "CheckKept" },
        { "the code was not sent", [.. Fetched, new CodeResolved(Id, "u", "main", "c0"), new CodeFetched(Id, "c0", null, "t0", 1, 1), Failed],
            Phase.StagingIn, "", "Keep Repeat Begin Begin Begin Begin", "CheckKept" },
        { "the first step failed", [.. Queued, Ended("a", "failed", FailureName.ExitCode), Failed],
            Phase.Queued, "a", "Keep Keep Repeat Begin Begin Begin", "CheckKept" },
        { "the second step failed", [.. Queued, Ended("a", "succeeded"), .. Second, Ended("b", "failed", FailureName.TimeLimit), Failed],
            Phase.Queued, "b", "Keep Keep Keep Repeat Begin Begin", "CheckKept" },
        { "a job was cancelled by a person", [.. Queued, new CancelRequested(Id, User), Ended("a", "cancelled"), new RunCancelled(Id)],
            Phase.Queued, "a", "Keep Keep Repeat Begin Begin Begin", "CheckKept" },
        { "cancelled before anything", [Submitted, Granted, new CancelRequested(Id, User), new RunCancelled(Id)],
            Phase.FetchingInputs, "", "Begin Begin Begin Begin Begin Begin", "FetchInputs" },
        { "an output was not made", [.. Done, NotMade, Failed],
            Phase.Collecting, "", "Keep Keep Keep Keep Repeat Begin", "CheckKept" },
        { "an output could not be sent", [.. Done, Found, new TransferStarted(Id, "output-0", "a", "b", 1), Failed],
            Phase.Uploading, "", "Keep Keep Keep Keep Repeat Keep", "CheckKept" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void It_goes_on_where_it_broke_off(string given, object[] facts, Phase from, string steps, string parts, string next)
    {
        Assert.NotEmpty(given);
        var before = Run(facts);
        var decided = RetryRun.Decide(before, User, Lent).Value!;
        var retried = Assert.IsType<RunRetried>(decided[0]);
        Assert.Equal((from, steps), (retried.From, string.Join(' ', retried.Steps)));
        Assert.Equal(Lent, decided[1]);
        Assert.Equal(parts, string.Join(' ', RetryPlan.Of(before).Value!.Parts.Select(part => part.Action)));
        var run = Run([.. facts, .. decided]);
        Assert.Equal((from, Hold.None, null, null, false), (run.Phase, run.Hold, run.Failure, run.EndedAt, run.Cancelling));
        Assert.Equal((Lent.LeaseId, null), (run.Lease!.Id, run.Lease.Ended));
        Assert.Equal(next, NextAct.Of(run).GetType().Name);
    }

    public static TheoryData<string, object[], string> Refused => new()
    {
        { "just submitted", [Submitted, Granted], "RUN_GOES_ON" },
        { "in the queue", Queued, "RUN_GOES_ON" },
        { "held", [.. Queued, new RunHeld(Id, Hold.Blocked, Trouble)], "RUN_GOES_ON" },
        { "waiting for the token", [.. Queued, new RunHeld(Id, Hold.AwaitingToken, Trouble)], "RUN_GOES_ON" },
        { "being cancelled", [.. Queued, new CancelRequested(Id, User)], "RUN_GOES_ON" },
        { "succeeded", [.. Done, Found, new RunSucceeded(Id)], "RUN_SUCCEEDED" },
        { "retried already", [.. Queued, Ended("a", "failed"), Failed, Retried("a")], "RUN_GOES_ON" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_not_over_or_went_well_is_refused_and_told_what_to_do(string given, object[] facts, string code)
    {
        Assert.NotEmpty(given);
        var problem = Assert.Single(RetryRun.Decide(Run(facts), User, Lent).Problems!);
        Assert.Equal(code, problem.Code);
        Assert.NotNull(problem.Advice);
        Assert.False(RetryPlan.Of(Run(facts)).Ok);
    }

    [Fact]
    public void A_step_gets_its_next_attempt_and_loses_what_was_said_of_the_last()
    {
        object[] facts = [.. Queued, Ended("a", "failed", FailureName.ExitCode), Failed, Retried("a")];
        var step = Run(facts).Steps[0];
        Assert.Equal((StepStatus.Waiting, 1, null, null, null, null),
            (step.Status, step.Attempt, step.Key, step.JobId, step.Failure, step.ExitCode));
        var again = Run([.. facts, Present, new StepSubmitting(Id, "a", 2, "k2"), new JobSubmitted(Id, "a", "k2", "9", null)]);
        Assert.Equal((2, "9", "Watch"), (again.Steps[0].Attempt, again.Steps[0].JobId, NextAct.Of(again).GetType().Name));
    }

    [Fact]
    public void The_portal_submits_by_itself_as_often_as_before()
    {
        object[] facts = [.. Staged, .. Attempt(1), .. Attempt(2), .. Attempt(3), Failed, Retried("a"), Present];
        Assert.IsType<Act.SubmitStep>(NextAct.Of(Run(facts)));
        Assert.IsType<Act.SubmitStep>(NextAct.Of(Run([.. facts, .. Attempt(4), .. Attempt(5)])));
        Assert.IsType<Act.Finish>(NextAct.Of(Run([.. facts, .. Attempt(4), .. Attempt(5), .. Attempt(6)])));
    }

    [Fact]
    public void What_is_gone_is_made_again_and_what_came_of_it_is_sent_again()
    {
        object[] sent = [new TransferStarted(Id, "output-0", "a", "b", 1), new TransferCompleted(Id, "output-0", 5, "00", false)];
        object[] facts = [.. Done, Found, .. sent, new CancelRequested(Id, User), new RunCancelled(Id), Retried()];
        Assert.IsType<Act.Finish>(NextAct.Of(Run([.. facts, Present])));
        var gone = Run([.. facts, new KeptChecked(Id, ["input-0"], true, ["b"])]);
        Assert.Equal([StepStatus.Succeeded, StepStatus.Waiting], gone.Steps.Select(step => step.Status));
        Assert.IsType<Act.FetchInputs>(NextAct.Of(gone));
        Assert.Equal((false, false, null), (gone.Transfers["output-0"].Done, gone.Code!.Staged, gone.Outputs));
        Assert.Equal("c0", gone.Code.Commit);
    }

    [Fact]
    public void Cancelled_while_what_is_kept_is_looked_for_it_ends() =>
        Assert.IsType<RunCancelled>(Assert.IsType<Act.Finish>(
            NextAct.Of(Run([.. Fetched, Failed, Retried(), new CancelRequested(Id, User)]))).Event);

    [Fact]
    public void The_plan_says_why_a_step_runs_again()
    {
        var plan = RetryPlan.Of(Run([.. Queued, Ended("a", "failed", FailureName.ExitCode), Failed])).Value!;
        Assert.Equal("Runs again, as attempt 2. The last one: It broke.", plan.Parts[2].Words);
        Assert.StartsWith("Arrived whole, 3 bytes.", plan.Parts[0].Words, StringComparison.Ordinal);
    }

    private static KeptChecked Present => new(Id, [], false, []);

    private static object[] Second => [new StepSubmitting(Id, "b", 1, "l"), new JobSubmitted(Id, "b", "l", "8", null)];

    private static RunRetried Retried(params string[] steps) => new(Id, default, User, Phase.Queued, steps);

    private static object[] Attempt(int attempt) =>
    [
        new StepSubmitting(Id, "a", attempt, $"k{attempt}"), new JobSubmitted(Id, "a", $"k{attempt}", "7", null),
        Ended("a", "failed", FailureName.NodeFailure, attempt),
    ];
}
