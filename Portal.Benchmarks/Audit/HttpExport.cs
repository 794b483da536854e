using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Portal.Benchmarks.Ground;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Composition;

namespace Portal.Benchmarks.Audit;

/// <summary>Takes all events of a portal away by its REST door, as an auditor of the installation would: read, written as lines,
/// sent and received in this process.</summary>
internal static class HttpExport
{
    /// <summary>Events a second of both forms, and how many bytes the process grew by meanwhile.</summary>
    /// <param name="connectionString">A database with events in it; what the portal needs besides is made.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<(double Lines, double Csv, long Growth)> RunAsync(string connectionString, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        try
        {
            await using var portal = await PortalHost.StartAsync(["--urls", "http://127.0.0.1:0", "--Portal:DataFolder", folder,
                "--Portal:Roles", "web", "--Portal:Database", connectionString, "--Logging:LogLevel:Default", "Warning"], cancel);
            using var client = new HttpClient { BaseAddress = new(portal.Urls.First()), Timeout = Timeout.InfiniteTimeSpan };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await AuditorAsync(portal.Services, cancel));
            await SettledAsync(portal.Services, cancel);
            await TakeAsync(client, "events.jsonl?type=run_failed", cancel);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            var before = Environment.WorkingSet;
            using var peak = new PeakMemory();
            var lines = await TakeAsync(client, "events.jsonl", cancel);
            var csv = await TakeAsync(client, "events.csv", cancel);
            return (lines, csv, Math.Max(0, peak.Bytes - before));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    // No event before that of its own reading is missing, and nothing else works beside it.
    private static async Task SettledAsync(IServiceProvider services, CancellationToken cancel)
    {
        while ((await services.GetRequiredService<EventStoreDatabase>().ProjectionsAsync(cancel)).Any(one => !one.CaughtUp))
            await Task.Delay(500, cancel);
    }

    private static async Task<string> AuditorAsync(IServiceProvider services, CancellationToken cancel)
    {
        var user = new Id<User>(Guid.CreateVersion7());
        await services.GetRequiredService<INewAccount>().CreatedAsync(user, "auditor", cancel);
        await services.GetRequiredService<Ledger>().AppendAsync(Caller.Worker(Guid.CreateVersion7()),
            [new(Ledger.StreamOf<Account>(user.Value), IEventStore.AnyVersion, [new AuditorNamed(user)])], cancel);
        var caller = new Caller(user, null, "page", false, Guid.CreateVersion7(), "127.0.0.1");
        return (await services.GetRequiredService<Ledger>().TokenAsync(
            caller, new TokenRules().Terms("bench", [Scope.GetEvent]), cancel)).Text;
    }

    // Lines are counted as they come; nothing is kept of them.
    private static async Task<double> TakeAsync(HttpClient client, string path, CancellationToken cancel)
    {
        var (buffer, lines, begun) = (new byte[1 << 16], 0L, Stopwatch.GetTimestamp());
        using var answer = await client.GetAsync(new Uri($"/api/v1/{path}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.EnsureSuccessStatusCode();
        await using var content = await answer.Content.ReadAsStreamAsync(cancel);
        for (int read; (read = await content.ReadAsync(buffer, cancel)) > 0;)
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        return lines / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
