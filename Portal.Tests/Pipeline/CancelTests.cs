using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Pipeline;

/// <summary>Cancel, wherever a run stands: it ends as cancelled, once, and leaves no job.</summary>
[Collection(nameof(SiteFaults))]
public sealed class CancelTests(PostgresFixture postgres, SiteFixture fixture) : IAsyncLifetime
{
    private PortalGround ground = null!;

    public async ValueTask InitializeAsync() => ground = await PortalGround.StartAsync(postgres, await fixture.SiteAsync());

    public ValueTask DisposeAsync() => ground?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task In_every_phase()
    {
        var runs = new List<Id<Run>>();
        foreach (var phase in new[]
        {
            Phase.Submitted, Phase.FetchingInputs, Phase.FetchingCode, Phase.StagingIn, Phase.Queued, Phase.Running, Phase.Collecting, Phase.Uploading,
        })
        {
            var run = await ground.SubmitAsync(Workflows.Whole(ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
            runs.Add(run);
            await ground.UntilAsync(run, fact => phase == Phase.Submitted
                ? fact is RunSubmitted
                : PortalGround.IsEnd(fact) || (fact is PhaseEntered entered && entered.Phase == phase));
            await ground.CancelAsync(run);
        }
        foreach (var run in runs)
        {
            var facts = await ground.EndAsync(run);
            // Who asks too late gets what was there already.
            Assert.Equal(facts.Any(fact => fact is CancelRequested), facts.Any(fact => fact is RunCancelled));
            Assert.Empty(await ground.LivingAsync(run));
            Assert.Contains(facts, fact => fact is LeaseEnded { Reason: "done" });
        }
    }

    [Fact]
    public async Task Between_the_intent_and_the_job()
    {
        var folder = await ground.Site.FolderAsync("gate");
        await ground.Site.RunAsync($"mkfifo {folder}/here {folder}/go");
        Id<Run> run;
        await using (await ground.Site.FakeAsync("sbatch",
            $"#!/bin/sh\necho > {folder}/here\ncat {folder}/go > /dev/null\nexec /usr/bin/sbatch \"$@\"\n"))
        {
            run = await ground.SubmitAsync(Workflows.Step("sleep 600"));
            await ground.Site.RunAsync($"cat {folder}/here");
            await ground.CancelAsync(run);
            await ground.Site.RunAsync($"echo > {folder}/go");
        }
        Assert.Contains(await ground.EndAsync(run), fact => fact is RunCancelled);
        Assert.Single(await ground.JobsAsync(run));
        Assert.Empty(await ground.LivingAsync(run));
    }

    [Fact]
    public async Task A_running_array()
    {
        var run = await ground.SubmitAsync(Workflows.Step("sleep 600", "time: 20m, array: 1-4"));
        await ground.UntilAsync(run, fact => fact is JobObserved { State: "running" });
        await ground.CancelAsync(run);
        var facts = await ground.EndAsync(run);
        Assert.Contains(facts, fact => fact is RunCancelled);
        Assert.Equal(4, Assert.Single(facts.OfType<StepEnded>()).Tasks.Cancelled);
        Assert.Empty(await ground.LivingAsync(run));
    }

    [Fact]
    public async Task A_transfer_in_flight()
    {
        const int Size = 8 << 20;
        var name = $"tests/{Guid.NewGuid():n}.bin";
        await ground.Site.RunAsync($"mkdir -p {ground.Site.Facts.FtpFolder}/tests && head -c {Size} /dev/urandom > {ground.Site.Facts.FtpFolder}/{name}");
        await using var proxy = new CuttingProxy(new Uri(ground.Site.Facts.FtpUrl).Port) { StallAt = Size / 2 };
        await ground.EndpointAsync("slow", $"ftp://127.0.0.1:{proxy.Port}");
        var run = await ground.SubmitAsync(Workflows.Whole(ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", $"endpoint://slow/{name}"));
        await ground.UntilAsync(run, fact => fact is TransferProgressed);
        await ground.CancelAsync(run);
        var facts = await ground.EndAsync(run);
        Assert.Contains(facts, fact => fact is RunCancelled);
        Assert.DoesNotContain(facts, fact => fact is StepSubmitting);
    }
}
