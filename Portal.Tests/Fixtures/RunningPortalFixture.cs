using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.Fixtures.Replays;
using Portal.Web.Composition;

[assembly: AssemblyFixture(typeof(RunningPortalFixture))]

namespace Portal.Tests.Fixtures;

/// <summary>The whole portal within the test process, on a fresh database, a free port of the loopback and a folder of its own; shared
/// by all tests that want one they do not break, and started by the first that asks. Others start one of their own.</summary>
public sealed class RunningPortalFixture : IAsyncDisposable
{
    // A server of its own: fixtures of an assembly cannot ask for each other, and the portal must end before its database does.
    private readonly PostgresFixture postgres = new();
    private readonly SemaphoreSlim turn = new(1, 1);
    private TestPortal? portal;

    /// <summary>The shared portal. Everybody signs up in it for themselves.</summary>
    public async Task<TestPortal> PortalAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return portal ??= await TestPortal.StartAsync(postgres, cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (portal is not null) await portal.DisposeAsync();
        }
        finally
        {
            await postgres.DisposeAsync();
            turn.Dispose();
        }
        // Its portal is the last that ends.
        ReplayCount.Tell();
    }
}

/// <summary>A portal that runs for tests. When it ends, nothing that it leaves behind holds a secret, and its read
/// models can be made again.</summary>
public sealed class TestPortal : IAsyncDisposable
{
    private readonly string[] settings;
    private readonly List<Recording> recordings = [];
    private RunningPortal running;

    private TestPortal(RunningPortal running, string folder, string database, string[] settings) =>
        (this.running, Folder, Database, this.settings, recordings) =
        (running, folder, database, settings, [running.Services.GetRequiredService<Recording>()]);

    /// <summary>Its address, with a slash at the end.</summary>
    public Uri Address => new(running.Urls.First() + "/");

    /// <summary>All of them, without a slash at the end.</summary>
    public IReadOnlyCollection<string> Addresses => [.. running.Urls];

    /// <summary>Its data folder.</summary>
    public string Folder { get; }

    /// <summary>Connection string of its database.</summary>
    public string Database { get; }

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => running.Services;

    /// <summary>Where it leaves something behind.</summary>
    public Places Places => new(Database, Folder, [.. recordings.Select(recording => recording.Folder)]);

    /// <summary>Starts one; further settings such as <c>--Portal:SignUp=closed</c>.</summary>
    public static async Task<TestPortal> StartAsync(PostgresFixture postgres, CancellationToken cancel, params string[] settings)
    {
        var database = await postgres.CreateDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("portal-test-").FullName;
        string[] all =
            ["--urls", "http://127.0.0.1:0", "--Portal:DataFolder", folder, "--Portal:Database", database,
             "--Logging:LogLevel:Default", "Warning",
             // Files of pages are not where tests run; where it matters, pages miss them.
             "--Logging:LogLevel:Microsoft.AspNetCore.StaticFiles.StaticFileMiddleware", "Error",
             // All come from one address, and sign up by the dozen.
             "--Portal:Limits:Accounts", "0", "--Portal:Limits:WrongTries", "0", "--Portal:Outgoing:Allow", Reach.Here,
             "--Portal:Archives:Folder", ArchivesOf(folder), .. settings];
        var running = await Recorder.StartAsync(all, cancel);
        ReplayCount.Begin(database);
        return new(running, folder, database, all);
    }

    /// <summary>Where it archives.</summary>
    public static string ArchivesOf(string folder) => Path.Combine(folder, "archives");

    /// <summary>Stops it and starts it anew on the same data, at another address; with further settings if so wished.</summary>
    public async Task RestartAsync(CancellationToken cancel, params string[] more)
    {
        await running.DisposeAsync();
        running = await Recorder.StartAsync([.. settings, .. more], cancel);
        recordings.Add(running.Services.GetRequiredService<Recording>());
    }

    public async ValueTask DisposeAsync()
    {
        await running.DisposeAsync();
        foreach (var recording in recordings) recording.Dispose();
        try
        {
            await LeakScan.NoneAsync(Places);
            await Replay.SameAsync(Database, ArchivesOf(Folder));
        }
        finally
        {
            Directory.Delete(Folder, true);
        }
    }
}
