using Portal.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(SiteFixture))]

namespace Portal.Tests.Fixtures;

/// <summary>
/// The demo site that all tests share, started by the first that asks and ended with the test run. Tests that break it belong
/// to the collection <see cref="SiteFaults"/>, or start one of their own with <see cref="DemoSite.StartAsync"/>.
/// </summary>
public sealed class SiteFixture : IAsyncDisposable
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
    }
}

/// <summary>Tests that stop, pause or fake a part of the shared site: one at a time, beside no other test.</summary>
[CollectionDefinition(nameof(SiteFaults), DisableParallelization = true)]
public sealed class SiteFaults;
