using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Web.Runs;

namespace Portal.Tests.Domain.Runs;

public sealed class RunHistoryTests
{
    private static readonly Id<Run> Run = RunSamples.Id;
    private static readonly TaskCounts None = new(0, 0, 0, 0, 0);

    [Fact]
    public void A_step_has_an_attempt_for_each_time_that_it_was_submitted()
    {
        var history = After(
            new StepSubmitting(Run, "solve", 1, "key-1"), new JobSubmitted(Run, "solve", "key-1", "41", null),
            new StepEnded(Run, "solve", 1, "failed", null, None, null, null, new(FailureName.NodeFailure, "Broken."), null),
            new StepSubmitting(Run, "solve", 2, "key-2"), new JobSubmitted(Run, "solve", "key-2", "42", null));
        Assert.Equal([(1, "41", StepStatus.Failed, (FailureName?)FailureName.NodeFailure), (2, "42", StepStatus.Queued, null)],
            history.Attempts["solve"].Select(step => (step.Attempt, step.JobId, step.Status, step.Failure?.Name)));
        Assert.Equal(6, history.Run.Version);
    }

    [Fact]
    public void What_was_never_submitted_is_no_attempt_and_gives_its_number_back()
    {
        object[] nothing = [new StepSubmitting(Run, "solve", 1, "key-1"), new StepNotSubmitted(Run, "solve", "key-1")];
        Assert.Empty(After(nothing).Attempts["solve"]);
        var again = After([.. nothing, new StepSubmitting(Run, "solve", 1, "key-1")]);
        Assert.Equal([1], again.Attempts["solve"].Select(step => step.Attempt));
    }

    [Fact]
    public void An_attempt_that_failed_stays_as_it_was_when_the_run_is_retried()
    {
        object[] facts =
        [
            new StepSubmitting(Run, "solve", 1, "key-1"), new JobSubmitted(Run, "solve", "key-1", "41", null),
            new StepEnded(Run, "solve", 1, "failed", 3, None, null, null, new(FailureName.ExitCode, "Broken."), null),
            new RunFailed(Run, new(FailureName.ExitCode, "Broken.")), new RunRetried(Run, default, default, Phase.Queued, ["solve"]),
        ];
        Assert.Equal([("41", StepStatus.Failed)], Jobs(After(facts)));
        Assert.Equal([("41", StepStatus.Failed), ("42", StepStatus.Queued)], Jobs(After([.. facts,
            new StepSubmitting(Run, "solve", 2, "key-2"), new JobSubmitted(Run, "solve", "key-2", "42", null)])));
        static IEnumerable<(string?, StepStatus)> Jobs(RunHistory history) =>
            history.Attempts["solve"].Select(step => (step.JobId, step.Status));
    }

    private static RunHistory After(params object[] facts) => RunHistory.Of([.. facts.Prepend(RunSamples.After().Request)
        .Select((fact, at) => RunSamples.Event(fact, at) with { Version = at + 1 })]);
}
