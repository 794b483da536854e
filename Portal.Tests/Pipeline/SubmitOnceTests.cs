using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>A scheduler that answers badly, late or not at all: a step is one job all the same.</summary>
[Collection(nameof(SchedulerFaults))]
public sealed class SubmitOnceTests(PostgresFixture postgres, FaultySite fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task Submitted_and_then_255_it_is_found_by_its_key()
    {
        Id<Run> run;
        await using (await Ground.Site.FakeAsync("sbatch", "#!/bin/sh\n/usr/bin/sbatch \"$@\" > /dev/null\nexit 255\n"))
        {
            run = await Ground.SubmitAsync(Workflows.Step("true"));
            await Ground.UntilAsync(run, fact => fact is StepSubmissionUnclear);
        }
        await Ground.SucceededAsync(run);
        Assert.Single(await Ground.JobsAsync(run));
    }

    [Fact]
    public async Task A_controller_that_hangs_for_12_seconds_has_one_job()
    {
        await Ground.Site.ControlAsync("pause", "slurmctld");
        Id<Run> run;
        try
        {
            run = await Ground.SubmitAsync(Workflows.Step("true"));
            await Ground.UntilAsync(run, fact => fact is StepSubmitting);
            // sbatch gives up waiting after MessageTimeout (10 s); what it was told stays with the controller.
            await Ground.UntilAsync(run, fact => fact is StepSubmissionUnclear);
        }
        finally
        {
            await Ground.Site.ControlAsync("resume", "slurmctld");
        }
        await Ground.SucceededAsync(run);
        Assert.Single(await Ground.JobsAsync(run));
    }

    [Fact]
    public async Task What_the_scheduler_says_no_to_fails_with_its_words()
    {
        var run = await Ground.SubmitAsync(Workflows.Step("true", "time: 5m, partition: nowhere"));
        var failure = await Ground.FailedAsync(run);
        Assert.Equal(FailureName.SubmissionRefused, failure.Name);
        Assert.Contains("nowhere", failure.Evidence, StringComparison.Ordinal);
        Assert.Empty(await Ground.JobsAsync(run));
    }

    [Fact]
    public async Task A_scheduler_that_is_down_is_waited_for_before_and_after_submission()
    {
        var watched = await RunningAsync();
        Id<Run> waiting;
        await Ground.Site.ControlAsync("stop", "slurmctld");
        try
        {
            waiting = await Ground.SubmitAsync(Workflows.Step("true"));
            await Ground.UntilAsync(waiting, fact => fact is StepSubmissionUnclear or AttemptPostponed);
            var held = (RunHeld)(await Ground.UntilAsync(watched, fact => fact is RunHeld))[^1];
            Assert.Equal(Hold.Blocked, held.Hold);
        }
        finally
        {
            await Ground.Site.ControlAsync("start", "slurmctld");
        }
        await OnceAsync(watched);
        await Ground.SucceededAsync(waiting);
        Assert.Single(await Ground.JobsAsync(waiting));
    }

    [Fact]
    public async Task Two_submits_of_one_form_are_one_run()
    {
        var id = new Id<Run>(Guid.CreateVersion7());
        var both = await Task.WhenAll(Ground.TrySubmitAsync(Workflows.Step("true"), id), Ground.TrySubmitAsync(Workflows.Step("true"), id));
        Assert.All(both, result => Assert.True(result.Ok));
        var facts = await Ground.SucceededAsync(id);
        Assert.Single(facts.OfType<RunSubmitted>());
        Assert.Single(facts.OfType<LeaseGranted>());
        Assert.Single(await Ground.JobsAsync(id));
    }
}
