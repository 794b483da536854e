using Portal.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(SiteFixture))]

namespace Portal.Tests.Fixtures;

/// <summary>
/// The demo site that all tests share, started by the first that asks and ended with the test run. Tests that break a site use
/// the <see cref="FaultySite"/> of their collection, or start one of their own with <see cref="DemoSite.StartAsync"/>.
/// </summary>
public class SiteFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private DemoSite? site;

    /// <summary>The shared site.</summary>
    public async Task<DemoSite> SiteAsync(CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return site ??= await DemoSite.StartAsync(cancel: cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (site is not null) await site.DisposeAsync();
        turn.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A site for one collection alone, whose tests follow one another: they may stop, pause and fake its parts.</summary>
public sealed class FaultySite : SiteFixture;

/// <summary>Tests that break the scheduler or the way to the machine.</summary>
[CollectionDefinition(nameof(SchedulerFaults))]
public sealed class SchedulerFaults : ICollectionFixture<FaultySite>;

/// <summary>Tests that break transfers, or the portal under a run.</summary>
[CollectionDefinition(nameof(RunFaults))]
public sealed class RunFaults : ICollectionFixture<FaultySite>;
