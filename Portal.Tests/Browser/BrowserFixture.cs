using Microsoft.Playwright;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Browser;

/// <summary>Journeys in the browser run one after another, in two rows beside each other: of more, pages would wait for their turn
/// on two cores, and tell nothing.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}

/// <summary>The second row, with a browser and portals of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SecondBrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "second browser";
}

/// <summary>One Chromium for all tests of a row, started when the first asks, and one portal for those that need none of their own.</summary>
public sealed class BrowserFixture(PostgresFixture postgres) : IAsyncDisposable
{
    /// <summary>Milliseconds that a page is waited for. How long one may take is measured elsewhere: on a busy machine a test
    /// tells what is wrong, not what is slow.</summary>
    public const int Patience = 60_000;

    private readonly string folder = Directory.CreateTempSubdirectory("portal-browser-").FullName;
    private readonly SemaphoreSlim gate = new(1);
    private IPlaywright? playwright;
    private IBrowser? browser;
    private PortalServer? shared, idle;
    private int count;

    /// <summary>The browser; started when it was not: Debian's Chromium without the window around the page, whose drawing costs a third.
    /// PORTAL_CHROMIUM names another.</summary>
    public async Task<IBrowser> BrowserAsync()
    {
        await gate.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            return browser ??= await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = Environment.GetEnvironmentVariable("PORTAL_CHROMIUM") ?? "/usr/bin/chromium-headless-shell",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            });
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A portal that tests share, with a database of its own.</summary>
    public async Task<PortalServer> SharedAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            return shared ??= await StartAsync(null, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A portal that does no work, shared by tests that write what happens in it, as another node would
    /// (<see cref="OtherNode"/>).</summary>
    public async Task<PortalServer> IdleAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            return idle ??= await StartAsync(new Dictionary<string, string> { ["Portal__Roles"] = "web" }, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A new portal on a fresh database; the test disposes of it.</summary>
    public async Task<PortalServer> StartAsync(IReadOnlyDictionary<string, string>? settings, CancellationToken cancel)
    {
        var data = Path.Combine(folder, $"data-{Interlocked.Increment(ref count)}");
        return await PortalServer.StartAsync(await postgres.CreateDatabaseAsync(), data, settings, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        if (shared is not null)
            await shared.DisposeAsync();
        if (idle is not null)
            await idle.DisposeAsync();
        Directory.Delete(folder, true);
        gate.Dispose();
    }
}
