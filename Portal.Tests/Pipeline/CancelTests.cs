using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Pipeline;

/// <summary>Cancel, wherever a run stands: it ends as cancelled, once, and leaves no job.</summary>
[Collection(nameof(RunFaults))]
public sealed class CancelTests(PostgresFixture postgres, FaultySite fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task In_every_phase()
    {
        var runs = new List<Id<Run>>();
        foreach (var phase in new[]
        {
            Phase.Submitted, Phase.FetchingInputs, Phase.FetchingCode, Phase.StagingIn, Phase.Queued, Phase.Running, Phase.Collecting, Phase.Uploading,
        })
        {
            var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
            runs.Add(run);
            await Ground.UntilAsync(run, fact => phase == Phase.Submitted
                ? fact is RunSubmitted
                : PortalGround.IsEnd(fact) || (fact is PhaseEntered entered && entered.Phase == phase));
            await Ground.CancelAsync(run);
        }
        foreach (var run in runs)
        {
            var facts = await Ground.EndAsync(run);
            // Who asks too late gets what was there already.
            Assert.Equal(facts.Any(fact => fact is CancelRequested), facts.Any(fact => fact is RunCancelled));
            Assert.Empty(await Ground.LivingAsync(run));
            Assert.Contains(facts, fact => fact is LeaseEnded { Reason: "done" });
        }
    }

    [Fact]
    public async Task Between_the_intent_and_the_job()
    {
        var folder = await Ground.Site.FolderAsync("gate");
        await Ground.Site.RunAsync($"mkfifo {folder}/here {folder}/go");
        Id<Run> run;
        await using (await Ground.Site.FakeAsync("sbatch",
            $"#!/bin/sh\necho > {folder}/here\ncat {folder}/go > /dev/null\nexec /usr/bin/sbatch \"$@\"\n"))
        {
            run = await Ground.SubmitAsync(Workflows.Step("sleep 600"));
            await Ground.Site.RunAsync($"cat {folder}/here");
            await Ground.CancelAsync(run);
            await Ground.Site.RunAsync($"echo > {folder}/go");
        }
        Assert.Contains(await Ground.EndAsync(run), fact => fact is RunCancelled);
        Assert.Single(await Ground.JobsAsync(run));
        Assert.Empty(await Ground.LivingAsync(run));
    }

    [Fact]
    public async Task A_running_array()
    {
        var run = await Ground.SubmitAsync(Workflows.Step("sleep 600", "time: 20m, array: 1-4"));
        var seen = (JobObserved)(await Ground.UntilAsync(run, fact => fact is JobObserved { State: "running" }))[^1];
        Assert.InRange(seen.StartedAt!.Value, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        await Ground.CancelAsync(run);
        var facts = await Ground.EndAsync(run);
        Assert.Contains(facts, fact => fact is RunCancelled);
        Assert.Equal(4, Assert.Single(facts.OfType<StepEnded>()).Tasks.Cancelled);
        Assert.Empty(await Ground.LivingAsync(run));
    }

    [Fact]
    public async Task A_transfer_in_flight()
    {
        const int Size = 8 << 20;
        var name = $"tests/{Guid.NewGuid():n}.bin";
        await Ground.Site.RunAsync($"mkdir -p {Ground.Site.Facts.FtpFolder}/tests && head -c {Size} /dev/urandom > {Ground.Site.Facts.FtpFolder}/{name}");
        await using var proxy = new CuttingProxy(new Uri(Ground.Site.Facts.FtpUrl).Port) { StallAt = Size / 2 };
        await Ground.EndpointAsync("slow", $"ftp://127.0.0.1:{proxy.Port}");
        var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", $"endpoint://slow/{name}"));
        await Ground.UntilAsync(run, fact => fact is TransferProgressed);
        await Ground.CancelAsync(run);
        var facts = await Ground.EndAsync(run);
        Assert.Contains(facts, fact => fact is RunCancelled);
        Assert.DoesNotContain(facts, fact => fact is StepSubmitting);
    }
}
