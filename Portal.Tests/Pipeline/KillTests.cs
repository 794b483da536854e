using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Browser;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Pipeline;

/// <summary>A portal that people use, and a worker beside it that is killed with -9 at the worst moments and started again under its
/// own name.</summary>
[Collection(nameof(RunFaults))]
public sealed class KillTests(PostgresFixture postgres, FaultySite site) : IAsyncLifetime
{
    private PortalGround ground = null!;
    private PortalServer worker = null!;

    public async ValueTask InitializeAsync()
    {
        ground = await PortalGround.StartAsync(postgres, await site.SiteAsync(), roles: "web");
        var settings = PortalGround.Impatient.ToDictionary(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal), pair => pair.Value);
        settings["Portal__Roles"] = "worker";
        settings["Portal__NodeName"] = "worker-1";
        worker = await PortalServer.StartAsync(ground.Database, ground.DataFolder, settings, default);
    }

    public async ValueTask DisposeAsync()
    {
        if (worker is not null) await worker.DisposeAsync();
        if (ground is not null) await ground.DisposeAsync();
    }

    [Fact]
    public async Task Killed_in_every_phase_a_run_ends_once_with_one_job()
    {
        var run = await ground.SubmitAsync(Workflows.Whole(ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", seconds: 3));
        foreach (var phase in new[]
        {
            Phase.FetchingInputs, Phase.FetchingCode, Phase.StagingIn, Phase.Queued, Phase.Running, Phase.Collecting, Phase.Uploading,
        })
        {
            await ground.UntilAsync(run, fact => fact is PhaseEntered entered && entered.Phase == phase);
            await RestartAsync();
        }
        var facts = await ground.SucceededAsync(run);
        Assert.Single(await ground.JobsAsync(run));
        Assert.Empty(await ground.LivingAsync(run));
        Assert.Single(facts.OfType<JobSubmitted>());
        Assert.Single(facts.OfType<StepEnded>());
        Assert.Single(facts.OfType<CodeResolved>());
        Assert.Equal(["input-0", "output-0", "output-1"], facts.OfType<TransferCompleted>().Select(done => done.Transfer).Order());
        // What was killed left code behind: the next one has swept it.
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(ground.DataFolder, "scratch")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_while_sbatch_has_not_answered_the_job_is_found_again_and_is_the_only_one(bool answersAfterRestart)
    {
        var folder = await ground.Site.FolderAsync("gate");
        await ground.Site.RunAsync($"mkfifo {folder}/here {folder}/go");
        Id<Run> run;
        await using (await ground.Site.FakeAsync("sbatch",
            $"#!/bin/sh\necho > {folder}/here\ncat {folder}/go > /dev/null\nexec /usr/bin/sbatch \"$@\"\n"))
        {
            run = await ground.SubmitAsync(Workflows.Step("true"));
            await ground.Site.RunAsync($"cat {folder}/here");
            await worker.KillAsync(entireTree: false);
            if (!answersAfterRestart) await ground.Site.RunAsync($"echo > {folder}/go");
            await worker.StartAsync(default);
            if (answersAfterRestart)
            {
                await ground.UntilAsync(run, fact => fact is StepSubmissionUnclear);
                await ground.Site.RunAsync($"echo > {folder}/go");
            }
        }
        await ground.SucceededAsync(run);
        Assert.Single(await ground.JobsAsync(run));
    }

    [Fact]
    public async Task Killed_with_a_transfer_in_flight_it_goes_on_from_there()
    {
        const int Size = 24 << 20;
        var name = $"tests/{Guid.NewGuid():n}.bin";
        await ground.Site.RunAsync($"mkdir -p {ground.Site.Facts.FtpFolder}/tests && head -c {Size} /dev/urandom > {ground.Site.Facts.FtpFolder}/{name}");
        await using var proxy = new CuttingProxy(new Uri(ground.Site.Facts.FtpUrl).Port) { StallAt = Size / 2 };
        await ground.EndpointAsync("slow", $"ftp://127.0.0.1:{proxy.Port}");
        var run = await ground.SubmitAsync(Workflows.Whole(ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", $"endpoint://slow/{name}"));
        await ground.UntilAsync(run, fact => fact is TransferProgressed { Bytes: > Size / 4 });
        // The journal beside the file is written once a second; what came before its first line is lost to a crash.
        await ground.Site.RunAsync($"timeout 60 sh -c 'until grep -q ^at {ground.Site.Facts.Workdir}/runs/{run}/input/cases.csv.journal; do sleep 0.1; done'");
        await worker.KillAsync(entireTree: false);
        proxy.StallAt = null;
        await worker.StartAsync(default);
        var facts = await ground.SucceededAsync(run);
        Assert.Equal(2, facts.OfType<TransferStarted>().Where(started => started.Transfer == "input-0").Max(started => started.Attempt));
        // Both attempts together carried hardly more than the file.
        Assert.InRange(proxy.Passed, Size / 2, Size + (Size / 4));
        Assert.Single(await ground.JobsAsync(run));
    }

    [Fact]
    public async Task Retried_while_nobody_works_and_killed_afterwards_it_goes_on_with_one_more_job()
    {
        var flag = await ground.Site.FolderAsync("retry") + "/flag";
        var run = await ground.SubmitAsync(Workflows.TwoSteps(ground.Site.Facts.GitUrl, "true", flag));
        await ground.FailedAsync(run);
        await ground.Site.RunAsync($"echo there > {flag}");
        await worker.KillAsync(entireTree: false);
        await ground.RetryAsync(run);
        await worker.StartAsync(default);
        foreach (var instant in new Func<object, bool>[] { fact => fact is KeptChecked, fact => fact is StepSubmitting { Attempt: 2 } })
        {
            await ground.UntilAsync(run, instant);
            await RestartAsync();
        }
        await ground.UntilAsync(run, PortalGround.IsEnd, times: 2);
        var facts = await ground.FactsAsync(run);
        Assert.Single(facts.OfType<RunSucceeded>());
        Assert.Equal(3, (await ground.JobsAsync(run)).Count);
        Assert.Single(facts.OfType<CodeStaged>());
    }

    private async Task RestartAsync()
    {
        await worker.KillAsync(entireTree: false);
        await worker.StartAsync(default);
    }
}
