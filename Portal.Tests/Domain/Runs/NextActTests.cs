using Portal.Domain.Runs;
using static Portal.Tests.Domain.Runs.Given;

namespace Portal.Tests.Domain.Runs;

/// <summary>Given what happened, what comes next.</summary>
public sealed class NextActTests
{
    private static readonly CancelRequested Cancel = new(Id, User);
    private static readonly OutputsFound Found = new(Id, [new("out.csv", 5), new("log.txt", null)]);

    public static TheoryData<string, object[], string> Table => new()
    {
        { "nothing happened", [], "Rest" },
        { "submitted", [Submitted, Granted], "FetchInputs 0" },
        { "an input begun", [Submitted, Granted, new TransferStarted(Id, "input-0", "a", "b", 1)], "FetchInputs 0" },
        { "inputs there", Fetched, "FetchCode" },
        { "commit known", [.. Fetched, new CodeResolved(Id, "u", "main", "c0")], "FetchCode" },
        { "code fetched", [.. Fetched, new CodeResolved(Id, "u", "main", "c0"), new CodeFetched(Id, "c0", null, "t0", 1, 1)], "StageCode" },
        { "code there", Staged, "SubmitStep a" },
        { "intent written", Submitting, "LookUp a" },
        { "answer unclear", [.. Submitting, new StepSubmissionUnclear(Id, "a", "k", "?")], "LookUp a" },
        { "nothing came of it", [.. Submitting, new StepNotSubmitted(Id, "a", "k")], "SubmitStep a" },
        { "queued", Queued, "Watch a" },
        { "running", [.. Queued, Seen("running")], "Watch a" },
        { "unknown for now", [.. Queued, Seen("running"), Seen("unknown")], "Watch a" },
        { "first step over", [.. Queued, Ended("a", "succeeded")], "SubmitStep b" },
        { "first step failed", [.. Queued, Ended("a", "failed", FailureName.OutOfMemory)], "Finish RunFailed OutOfMemory" },
        { "cancelled on the machine", [.. Queued, Ended("a", "cancelled")], "Finish RunFailed CancelledBySite" },
        { "node broke", [.. Queued, Ended("a", "failed", FailureName.NodeFailure)], "SubmitStep a" },
        { "node broke three times", [.. Attempt(1), .. Attempt(2), .. Attempt(3)], "Finish RunFailed NodeFailure" },
        { "all steps over", Done, "Collect" },
        { "outputs found", [.. Done, Found], "Upload 0" },
        { "an output missing", [.. Done, new OutputsFound(Id, [new("out.csv", null), new("log.txt", 1)])], "Finish RunFailed OutputMissing" },
        { "outputs sent", [.. Done, Found, .. Sent], "Finish RunSucceeded" },
        { "over", [.. Done, Found, .. Sent, new RunSucceeded(Id)], "Rest" },
        { "cancel before anything", [Submitted, Granted, Cancel], "Finish RunCancelled" },
        { "cancel while inputs come", [.. Fetched, Cancel], "Finish RunCancelled" },
        { "cancel after the intent", [.. Submitting, Cancel], "LookUp a" },
        { "cancel, and there was no job", [.. Submitting, Cancel, new StepNotSubmitted(Id, "a", "k")], "Finish RunCancelled" },
        { "cancel in the queue", [.. Queued, Cancel], "CancelStep a" },
        { "cancel while running", [.. Queued, Seen("running"), Cancel], "CancelStep a" },
        { "cancel, and the job is gone", [.. Queued, Cancel, Ended("a", "cancelled")], "Finish RunCancelled" },
        { "cancel, and the job was quicker", [.. Queued, Cancel, Ended("a", "succeeded")], "Finish RunCancelled" },
        { "cancel while outputs go", [.. Done, Found, Cancel], "Finish RunCancelled" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void What_comes_next(string given, object[] facts, string then)
    {
        Assert.NotEmpty(given);
        Assert.Equal(then, Words(NextAct.Of(Run(facts))));
    }

    [Fact]
    public void A_submission_that_came_to_nothing_uses_up_no_attempt()
    {
        object[] nothing = [new StepSubmitting(Id, "a", 1, "k"), new StepNotSubmitted(Id, "a", "k")];
        Assert.Equal(0, Run([.. Staged, .. nothing, .. nothing, .. nothing]).PresentStep!.Attempt);
    }

    private static object[] Sent => [new TransferStarted(Id, "output-0", "a", "b", 1), new TransferCompleted(Id, "output-0", 5, "00", false)];

    private static object[] Attempt(int attempt) =>
    [
        .. attempt == 1 ? Staged : [], new StepSubmitting(Id, "a", attempt, $"k{attempt}"), new JobSubmitted(Id, "a", $"k{attempt}", "7", null),
        Ended("a", "failed", FailureName.NodeFailure, attempt),
    ];

    private static JobObserved Seen(string state) => new(Id, "a", state, state.ToUpperInvariant(), null, new(0, 1, 0, 0, 0), null);

    private static string Words(Act act) => act switch
    {
        Act.FetchInputs inputs => $"FetchInputs {string.Join(',', inputs.Inputs)}",
        Act.SubmitStep step => $"SubmitStep {step.Step.Id}",
        Act.LookUp step => $"LookUp {step.Step.Id}",
        Act.Watch step => $"Watch {step.Step.Id}",
        Act.CancelStep step => $"CancelStep {step.Step.Id}",
        Act.Upload outputs => $"Upload {string.Join(',', outputs.Outputs)}",
        Act.Finish { Event: RunFailed failed } => $"Finish RunFailed {failed.Failure.Name}",
        Act.Finish finish => $"Finish {finish.Event.GetType().Name}",
        _ => act.GetType().Name,
    };
}
