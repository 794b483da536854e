using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>The database server ends under a run, and comes back.</summary>
public sealed class DatabaseRestartTests(SiteFixture sites)
{
    [Fact]
    public async Task It_costs_the_run_nothing()
    {
        await using var postgres = new PostgresFixture();
        await using var ground = await PortalGround.StartAsync(postgres, await sites.SiteAsync());
        var run = await ground.SubmitAsync(Workflows.Whole(ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", seconds: 3));
        await ground.UntilAsync(run, fact => fact is JobSubmitted);
        await (await postgres.ServerAsync()).RestartAsync(default);
        await ground.SucceededAsync(run);
        Assert.Single(await ground.JobsAsync(run));
    }
}
