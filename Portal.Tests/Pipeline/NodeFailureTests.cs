using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>The node dies under a job, on a site of their own.</summary>
public sealed class NodeFailureTests(PostgresFixture postgres, FaultySite fixture) : IClassFixture<FaultySite>
{
    [Fact]
    public async Task Where_the_scheduler_gives_up_the_step_is_submitted_three_times_and_then_fails_by_name()
    {
        var site = await fixture.SiteAsync();
        await RequeueAsync(site, false);
        await using var ground = await PortalGround.StartAsync(postgres, site);
        var run = await ground.SubmitAsync(Workflows.Step("sleep 600"));
        for (var attempt = 1; attempt <= NextAct.MostAttempts; attempt++)
        {
            await RunningAsync(ground, run, attempt);
            await BreakAsync(site);
            await ground.UntilAsync(run, fact => fact is StepEnded, attempt);
            await site.ControlAsync("start", "slurmd");
        }
        var facts = await ground.EndAsync(run);
        var failure = Assert.Single(facts.OfType<RunFailed>()).Failure;
        Assert.Equal(FailureName.NodeFailure, failure.Name);
        Assert.Contains("NODE_FAIL", failure.Evidence, StringComparison.Ordinal);
        Assert.Equal(NextAct.MostAttempts, facts.OfType<StepSubmitting>().Select(step => step.Key).Distinct().Count());
        Assert.Equal(NextAct.MostAttempts, (await ground.JobsAsync(run)).Count);
        Assert.Empty(await ground.LivingAsync(run));
    }

    [Fact]
    public async Task A_step_that_is_submitted_again_ends_well_on_a_node_that_lives()
    {
        var site = await fixture.SiteAsync();
        await RequeueAsync(site, false);
        await using var ground = await PortalGround.StartAsync(postgres, site);
        var gate = await site.FolderAsync("gate") + "/go";
        await site.RunAsync($"mkfifo {gate}");
        var run = await ground.SubmitAsync(Workflows.Step($"cat {gate}"));
        await RunningAsync(ground, run, 1);
        await BreakAsync(site);
        await ground.UntilAsync(run, fact => fact is StepEnded);
        // The dead node's slurmd ends what is left of the job there before it takes another.
        await site.ControlAsync("start", "slurmd");
        await RunningAsync(ground, run, 2);
        await site.RunAsync($"echo > {gate}");
        var facts = await ground.SucceededAsync(run);
        Assert.Equal([1, 2], facts.OfType<StepEnded>().Select(end => end.Attempt));
        Assert.Equal(2, (await ground.JobsAsync(run)).Count);
    }

    [Fact]
    public async Task Where_the_scheduler_requeues_it_is_one_job_that_waits_again()
    {
        var site = await fixture.SiteAsync();
        await RequeueAsync(site, true);
        await using var ground = await PortalGround.StartAsync(postgres, site);
        var gate = await site.FolderAsync("gate") + "/go";
        await site.RunAsync($"mkfifo {gate}");
        var run = await ground.SubmitAsync(Workflows.Step($"cat {gate}"));
        await RunningAsync(ground, run, 1);
        await BreakAsync(site);
        await InTurnAsync(ground, run, Runs, Waits);
        await site.ControlAsync("start", "slurmd");
        var job = Assert.Single(await ground.JobsAsync(run));
        // A requeued job waits for two minutes before it may start.
        _ = (await site.RunAsync($"scontrol update jobid={job} starttime=now")).Text;
        await InTurnAsync(ground, run, Runs, Waits, Runs);
        await site.RunAsync($"echo > {gate}");
        var facts = await ground.SucceededAsync(run);
        Assert.Single(facts.OfType<StepEnded>());
        Assert.Single(await ground.JobsAsync(run));
    }

    // Whether a job whose node died is put into the queue again by the scheduler itself: a site's choice.
    private static async Task RequeueAsync(DemoSite site, bool requeue)
    {
        var value = requeue ? 1 : 0;
        _ = (await site.RunAsync($"sed -i /^JobRequeue=/d {site.Facts.SlurmConf} && echo JobRequeue={value} >> {site.Facts.SlurmConf} "
            + $"&& scontrol reconfigure && scontrol show config | grep -q 'JobRequeue *= {value}'")).Text;
    }

    // Its daemon is gone, and the scheduler has noticed: by itself it would take five minutes.
    private static async Task BreakAsync(DemoSite site)
    {
        await site.ControlAsync("kill", "slurmd");
        _ = (await site.RunAsync("scontrol update nodename=demo1 state=down reason=dead")).Text;
    }

    private static bool Waits(object fact) => fact is JobObserved { State: "pending" };

    private static bool Runs(object fact) => fact is JobObserved { State: "running" };

    private static Task RunningAsync(PortalGround ground, Id<Run> run, int attempt) =>
        InTurnAsync(ground, run, fact => fact is StepSubmitting step && step.Attempt == attempt, Runs);

    // Waits for facts, each some time after the one before it.
    private static Task InTurnAsync(PortalGround ground, Id<Run> run, params Func<object, bool>[] facts)
    {
        var seen = 0;
        return ground.UntilAsync(run, fact => (facts[seen](fact) ? ++seen : seen) == facts.Length);
    }
}
