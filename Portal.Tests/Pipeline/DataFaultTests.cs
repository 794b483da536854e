using System.Security.Cryptography;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Pipeline;

/// <summary>Data servers and the database going away under a run.</summary>
[Collection(nameof(SiteFaults))]
public sealed class DataFaultTests(PostgresFixture postgres, SiteFixture fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task A_data_server_that_refuses_is_waited_for()
    {
        await Ground.Site.ControlAsync("stop", "ftp");
        Id<Run> run;
        try
        {
            run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
            var held = (RunHeld)(await Ground.UntilAsync(run, fact => fact is RunHeld))[^1];
            Assert.Equal((Hold.Blocked, FailureName.Unreachable), (held.Hold, held.Failure.Name));
        }
        finally
        {
            await Ground.Site.ControlAsync("start", "ftp");
        }
        await Ground.SucceededAsync(run);
    }

    [Fact]
    public async Task A_download_that_is_cut_goes_on_from_there()
    {
        const int Size = 16 << 20;
        var name = $"tests/{Guid.NewGuid():n}.bin";
        await Ground.Site.RunAsync($"mkdir -p {Ground.Site.Facts.FtpFolder}/tests && head -c {Size} /dev/urandom > {Ground.Site.Facts.FtpFolder}/{name}");
        await using var proxy = new CuttingProxy(new Uri(Ground.Site.Facts.FtpUrl).Port) { CutAt = Size / 2 };
        await Ground.EndpointAsync("cutting", $"ftp://127.0.0.1:{proxy.Port}");
        var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", $"endpoint://cutting/{name}"));
        var facts = await Ground.SucceededAsync(run);
        Assert.Contains(facts, fact => fact is AttemptPostponed);
        var done = Assert.Single(facts.OfType<TransferCompleted>(), done => done.Transfer == "input-0");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync($"{Ground.Site.Facts.FtpFolder}/{name}"))), done.Sha256);
        Assert.InRange(proxy.Passed, Size, Size + (Size / 4));
    }

    [Fact]
    public async Task The_database_restarted_under_a_run_costs_it_nothing()
    {
        var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", seconds: 3));
        await Ground.UntilAsync(run, fact => fact is JobSubmitted);
        await (await Postgres.ServerAsync()).RestartAsync(default);
        await Ground.SucceededAsync(run);
        Assert.Single(await Ground.JobsAsync(run));
    }
}
